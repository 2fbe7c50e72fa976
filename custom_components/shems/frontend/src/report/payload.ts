/** The answer of the action `shems.report`, as far as the card shows it. */

export const FIGURES = [
  "cost",
  "saving",
  "bought_kwh",
  "sold_kwh",
  "income",
  "load_kwh",
  "solar_kwh",
  "self_consumption",
  "self_sufficiency",
  "carbon_kg",
] as const;

export type Figure = (typeof FIGURES)[number];
export type Figures = Record<Figure, number | null>;

export const PERIODS = ["day", "week", "month", "year"] as const;

export type Period = (typeof PERIODS)[number];

export interface Report {
  currency: string;
  start: string;
  end: string;
  coverage: number;
  /** What was not sold while selling cost money, beside the home without SHEMS. */
  below_zero: { kept_kwh: number; kept_value: number };
  figures: Figures;
  before: { start: string; end: string; figures: Figures };
  weather: { change: number | null; degree_days: number; degree_days_before: number } | null;
  plan: { days: number; expected: { cost: number }; happened: { cost: number } } | null;
}
