// Theme and language on the document, as set or as the system has them.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { languageFor, type Language, type Theme } from '@shared/domain/settings';
import { useMediaQuery } from '../components/useMediaQuery';
import { useAppInfo } from '../stores/appInfoStore';
import { useSettings } from '../stores/settingsStore';

export function useAppearance(): void {
  const { i18n } = useTranslation();
  const theme = useTheme();
  const language = useLanguage();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => {
    document.documentElement.lang = language;
    if (i18n.language !== language) void i18n.changeLanguage(language);
  }, [language, i18n]);
}

function useTheme(): Theme {
  const chosen = useSettings((state) => state.settings?.theme ?? 'system');
  const light = useMediaQuery('(prefers-color-scheme: light)');
  if (chosen !== 'system') return chosen;
  return light ? 'light' : 'dark';
}

function useLanguage(): Language {
  const chosen = useSettings((state) => state.settings?.language ?? 'system');
  const locale = useAppInfo((state) => state.info?.systemLocale ?? navigator.language);
  return languageFor(chosen, locale);
}
