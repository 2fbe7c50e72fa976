import de from "./locales/de.json";
import en from "./locales/en.json";

import type { Args } from "./payload";

type Table = Record<string, string>;

export const LOCALES: Record<string, Table> = { en, de };

export type Localize = (key: string, args?: Args) => string;

const PLACEHOLDER = /\{(\w+)\}/g;

/** Put the arguments into the text; the place of a missing one stays. */
const fill = (text: string, args: Args): string =>
  text.replace(PLACEHOLDER, (place, name: string) => String(args[name] ?? place));

/** Give the table of a language tag, trying `de-CH`, then `de`. */
const tableOf = (language: string): Table =>
  LOCALES[language] ?? LOCALES[language.split("-")[0] ?? ""] ?? en;

/** Make a function that puts keys into words, in English where a text is missing. */
export const localizer = (language: string): Localize => {
  const table = tableOf(language);
  return (key, args = {}) => fill(table[key] ?? (en as Table)[key] ?? key, args);
};

/** Tell whether any text exists for the key. */
export const hasText = (key: string): boolean => key in en;
