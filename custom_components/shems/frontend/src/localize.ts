import en from "./locales/en.json";

import type { Args } from "./payload";

type Table = Record<string, string>;

export type Localize = (key: string, args?: Args) => string;

const PLACEHOLDER = /\{(\w+)\}/g;

/** Each other language is a file of its own, so that a page loads none but the user's. */
const FILES = import.meta.glob<Table>(["./locales/*.json", "!./locales/en.json"], {
  import: "default",
});

const tables = new Map<string, Table>([["en", en]]);

export const LANGUAGES: string[] = [
  "en",
  ...Object.keys(FILES).map((path) => path.replace(/^.*\/|\.json$/g, "")),
];

/** Give the language there is for a tag, trying `de-CH`, then `de`, then English. */
const spoken = (language: string): string =>
  [language, language.split("-")[0] ?? ""].find((each) => LANGUAGES.includes(each)) ?? "en";

/** Tell whether the texts of a language, or of what stands in for it, are at hand. */
export const isLoaded = (language: string): boolean => tables.has(spoken(language));

/** Load the texts of a language; English stays where they cannot be had. */
export const loadWords = async (language: string): Promise<void> => {
  const name = spoken(language);
  if (tables.has(name)) return;
  const table = await FILES[`./locales/${name}.json`]?.().catch(() => en);
  tables.set(name, table ?? en);
};

/** The languages of Home Assistant that are written from the right. */
const FROM_RIGHT = new Set(["ar", "fa", "he", "ur"]);

/** Give what keeps text that is written from the left together, in a language that is not. */
export const isolator = (language: string): ((text: string) => string) =>
  FROM_RIGHT.has(language.split("-")[0] ?? "") ? (text) => `\u2066${text}\u2069` : (text) => text;

/** Put the arguments into the text; the place of a missing one stays. */
const fill = (text: string, args: Args): string =>
  text.replace(PLACEHOLDER, (place, name: string) => String(args[name] ?? place));

/** Make a function that puts keys into words, in English where a text is missing. */
export const localizer = (language: string): Localize => {
  const table: Table = tables.get(spoken(language)) ?? en;
  // There are texts in no such language yet: English stands in for them.
  const whole = isolator(language);
  return (key, args = {}) => whole(fill(table[key] ?? (en as Table)[key] ?? key, args));
};

/** Tell whether any text exists for the key. */
export const hasText = (key: string): boolean => key in en;
