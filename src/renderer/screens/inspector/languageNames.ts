// The languages of the request examples call themselves the same everywhere.
import type { ExampleLanguage } from '@shared/domain/requestExamples';

export const LANGUAGE_NAMES: Record<ExampleLanguage, string> = {
  curl: 'curl',
  javascript: 'JavaScript',
  python: 'Python',
  go: 'Go',
};
