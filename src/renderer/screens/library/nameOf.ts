// What a generation is called: the first words of its prompt, or where it was found.
import type { TFunction } from 'i18next';
import type { Generation } from '@shared/domain/generation';

export function nameOf({ title, origin }: Generation, t: TFunction): string {
  if (title !== '') return title;
  return origin === 'found' ? t('states.foundName') : t('common.untitled');
}
