/** Home Assistant's own cards, configured. */

import type { CardConfig, EntityEntry, SectionConfig } from "../ha";

type Feature = { type: string } & Record<string, unknown>;

/** What a tile offers beneath its state, by the entity's domain. */
const DOMAIN_FEATURES: Record<string, Feature[]> = {
  switch: [{ type: "toggle" }],
  light: [{ type: "toggle" }],
  select: [{ type: "select-options" }],
  number: [{ type: "numeric-input", style: "slider" }],
  climate: [{ type: "target-temperature" }, { type: "climate-hvac-modes" }],
  water_heater: [{ type: "target-temperature" }],
};

/** What tells a sensor's value at a glance, by its translation key. */
const KEY_FEATURES: Record<string, Feature[]> = {
  state_of_charge: [{ type: "bar-gauge" }],
  self_consumption: [{ type: "bar-gauge" }],
  self_sufficiency: [{ type: "bar-gauge" }],
  grid_power: [{ type: "trend-graph", hours_to_show: 12 }],
  load_power: [{ type: "trend-graph", hours_to_show: 12 }],
  solar_power: [{ type: "trend-graph", hours_to_show: 12 }],
  import_price: [{ type: "trend-graph", hours_to_show: 24 }],
};

/** As many letters fit beside a tile's icon where two tiles share the narrowest column. */
const SHORT = 12;

/** What stands for the whole home takes a line of its own. */
const WIDE = new Set(["optimiser", "recompute"]);

/** So does what has something to press or to read beneath its state, and a long name. */
const isWide = (key: string, features: Feature[] | undefined, name: string): boolean =>
  WIDE.has(key) || features !== undefined || name.length > SHORT;

const wide = { grid_options: { columns: "full" } };

/** Give a card the whole width of its section. */
export const full = (card: CardConfig): CardConfig => ({ ...card, ...wide });

const COLORS: Record<string, string> = {
  solar_power: "amber",
  grid_power: "blue",
  load_power: "indigo",
  state_of_charge: "teal",
  battery_power: "teal",
  saving_today: "green",
  saving_total: "green",
};

const press = (entity: string): Partial<CardConfig> => ({
  hide_state: true,
  tap_action: {
    action: "perform-action",
    perform_action: "button.press",
    target: { entity_id: entity },
  },
});

/** Make a tile named by the entity alone, for use under its device's heading. */
export const tile = (entry: EntityEntry, device: string): CardConfig => {
  const { entity_id: entity } = entry;
  const key = entry.translation_key ?? "";
  const domain = entity.split(".")[0] ?? "";
  const controls = entry.read_only ? undefined : DOMAIN_FEATURES[domain];
  const features = KEY_FEATURES[key] ?? controls;
  const color = COLORS[key];
  return {
    type: "tile",
    entity,
    name: { type: "entity" },
    ...(color ? { color } : {}),
    ...(features ? { features, features_position: WIDE.has(key) ? "inline" : "bottom" } : {}),
    ...(isWide(key, features, entry.name || device) ? wide : {}),
    ...(domain === "button" ? press(entity) : {}),
    ...(entry.read_only ? { icon_tap_action: { action: "none" } } : {}),
  };
};

export const heading = (text: string, icon: string): CardConfig => ({
  type: "heading",
  heading: text,
  heading_style: "title",
  icon,
});

/** Give a line of its own to each tile that has none to share it with. */
const filled = (cards: CardConfig[]): CardConfig[] => {
  const shares = (card: CardConfig | undefined): boolean =>
    card?.type === "tile" && card.grid_options === undefined;
  let half = false;
  return cards.map((card, index) => {
    if (!shares(card)) return card;
    if (half) half = false;
    else if (shares(cards[index + 1])) half = true;
    else return full(card);
    return card;
  });
};

/** Make a section under a heading, or nothing where it would be empty. */
export const section = (text: string, icon: string, cards: CardConfig[]): SectionConfig[] =>
  cards.length === 0 ? [] : [{ type: "grid", cards: [heading(text, icon), ...filled(cards)] }];

export const history = (entities: string[], hours: number): CardConfig[] =>
  entities.length === 0 ? [] : [{ type: "history-graph", entities, hours_to_show: hours, ...wide }];

/** Daily growth of a running total. */
export const dailyBars = (entities: string[], days: number): CardConfig[] =>
  entities.length === 0
    ? []
    : [
        {
          type: "statistics-graph",
          entities,
          days_to_show: days,
          period: "day",
          chart_type: "bar",
          stat_types: ["change"],
          ...wide,
        },
      ];

/** Daily mean of a measurement. */
export const dailyLines = (entities: string[], days: number): CardConfig[] =>
  entities.length === 0
    ? []
    : [
        {
          type: "statistics-graph",
          entities,
          days_to_show: days,
          period: "day",
          chart_type: "line",
          stat_types: ["mean"],
          ...wide,
        },
      ];
