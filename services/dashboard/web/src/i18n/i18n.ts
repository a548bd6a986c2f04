import i18next from 'i18next';
import { createContext, useContext } from 'react';
import type { Text } from '../api/types.js';
import { withDates } from '../formats/dates.js';
import type { Language } from '../formats/numbers.js';
import { enOne } from './en-one.js';
import { en } from './en.js';
import { vi } from './vi.js';

/** Words of the screens in both languages; what the platform names itself comes from it in both. */
const words = i18next.createInstance();

void words.init({
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

function wordsIn(language: Language): Words {
  const worded = words.getFixedT(language);
  /** Words without values, once they were looked for: a table says the same ones hundreds of times. */
  const known = new Map<string, string>();
  const plain = (key: string): string => {
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = worded(key)));
    return found;
  };
  return {
    language,
    t: (key, values) => (values === undefined ? plain(key) : worded(key, values)),
    text: (name) => (language === 'en' ? withDates(name.en || name.vi, 'en') : name.vi),
  };
}

const WORDS: Record<Language, Words> = { vi: wordsIn('vi'), en: wordsIn('en') };

/** The language of all that is inside. */
export const LanguageContext = createContext<Language>('vi');

/** The same ones as long as the language stays: hundreds of parts of a screen ask for them each time that it is drawn. */
export const useWords = (): Words => WORDS[useContext(LanguageContext)];
