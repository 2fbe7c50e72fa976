/** Names and descriptions of what can be chosen, in the language of the page. */

/** Each language is a file of its own; see `listing` in vite.config.ts. */
const FILES = import.meta.glob<Record<string, string>>("./locales/*.json", {
  import: "default",
  query: "?listing",
});

let words: Record<string, string> = {};

/** Give a text, its key until the texts are there. */
export const listed = (key: string): string => words[key] ?? key;

/** Load the texts of a language, English where there are none of it. */
export const loadListing = async (language: string): Promise<void> => {
  const load = [language, language.split("-")[0], "en"]
    .map((name) => FILES[`./locales/${name}.json`])
    .find((found) => found !== undefined);
  words = (await load?.()) ?? words;
};
