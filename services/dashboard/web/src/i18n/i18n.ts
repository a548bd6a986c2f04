import i18next from 'i18next';
import { useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Text } from '../api/types.js';
import type { Language } from '../formats/numbers.js';
import { enOne } from './en-one.js';
import { en } from './en.js';
import { vi } from './vi.js';

/** Words of the screens in both languages; what the platform names itself comes from it in both. */
export const words = i18next.createInstance();

void words.use(initReactI18next).init({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: { vi: { translation: vi }, en: { translation: en } },
  interpolation: { escapeValue: false },
  initAsync: false,
});
words.addResourceBundle('en', 'translation', enOne, true);

export interface Words {
  language: Language;
  t: (key: string, values?: Record<string, unknown>) => string;
  /** A name that the platform gives in both languages. */
  text: (name: Text) => string;
}

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const language = i18n.language as Language;
  return useMemo(
    () => ({
      language,
      t: (key, values = {}) => t(key, values) as unknown as string,
      text: (name) => (language === 'en' ? name.en || name.vi : name.vi),
    }),
    [language, t],
  );
}
