// Both languages, packaged; only the one that is shown is loaded.
import i18next, { type ReadCallback, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '@shared/domain/settings';
import { isolated } from './isolated';
import { spaced } from './spacing';

const WORDS: Readonly<Record<Language, () => Promise<{ default: ResourceKey }>>> = {
  en: () => import('./en.json'),
  'zh-CN': () => import('./zh-CN.json'),
};

export async function startI18n(language: Language): Promise<void> {
  i18next.use({
    type: 'postProcessor',
    name: 'spacing',
    process: (value: string) => (i18next.language === 'zh-CN' ? spaced(value) : value),
  });
  i18next.use({
    type: 'backend',
    read: (wanted: string, _namespace: string, tell: ReadCallback) =>
      void WORDS[wanted as Language]().then(
        ({ default: words }) => tell(null, words),
        (error: Error) => tell(error, null),
      ),
  });
  await i18next.use(initReactI18next).init({
    lng: language,
    // Each language has every word.
    fallbackLng: false,
    load: 'currentOnly',
    // React escapes markup; a name must only not turn the words around it.
    interpolation: { escape: isolated },
    returnNull: false,
    postProcess: ['spacing'],
  });
}
