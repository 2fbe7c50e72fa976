/** The cards there are, as far as every page must know them. */

export interface CardKind {
  /** The middle of its tag. */
  name: string;
  /** Under which its name and description are in the locales; else as its own name. */
  words?: string;
  /** Whether it takes the whole width rather than a section's. */
  wide?: boolean;
  /** In units of fifty pixels. */
  size: number;
  /** The fewest of a section's twelve columns in which it can be read; else six. */
  least?: number;
  /** The keys of the entities for which it is offered. */
  shows: RegExp;
}

export const CARDS: CardKind[] = [
  {
    name: "plan",
    words: "card",
    wide: true,
    size: 14,
    least: 9,
    shows: /^(plan_(?!made|time)|next_|planned_|state_of_charge|(load|solar)_forecast$)/,
  },
  { name: "flow", size: 8, shows: /^(grid|load|solar|battery)_power$/ },
  { name: "prices", size: 6, shows: /^(import|export)_price$/ },
  {
    name: "device",
    size: 5,
    shows: /^(mode|planned_(power|consumption)|allow_control|state_of_charge)$/,
  },
  { name: "savings", size: 7, shows: /^saving_/ },
  { name: "tips", size: 6, shows: /tip/ },
  { name: "what-if", words: "what_if", size: 8, least: 9, shows: /^what_if$/ },
  { name: "inferred", size: 6, least: 9, shows: /^inferred_/ },
  { name: "alerts", size: 4, shows: /^(alert|problem)/ },
  { name: "community", size: 8, shows: /^community_/ },
  { name: "history", size: 8, least: 9, shows: /^(cost|saving)_(today|month|total)$/ },
  { name: "report", size: 6, shows: /^(cost|carbon)_today$/ },
];

/** Give the tag of a card. */
export const tagOf = (name: string): string => `shems-${name}-card`;
