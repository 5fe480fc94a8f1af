// Both languages, packaged; nothing is fetched.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '@shared/domain/settings';
import en from './en.json';
import { spaced } from './spacing';
import zh from './zh-CN.json';

export async function startI18n(language: Language): Promise<void> {
  i18next.use({
    type: 'postProcessor',
    name: 'spacing',
    process: (value: string) => (i18next.language === 'zh-CN' ? spaced(value) : value),
  });
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, 'zh-CN': { translation: zh } },
    // React escapes.
    interpolation: { escapeValue: false },
    returnNull: false,
    postProcess: ['spacing'],
  });
}
