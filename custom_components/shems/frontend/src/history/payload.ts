/** What is told of days and months: money in the home's currency, null where unknown. */

export const STEPS = ["day", "month"] as const;
export type Step = (typeof STEPS)[number];

export interface HistoryRow {
  /** Epoch seconds. */
  start: number;
  end: number;
  cost: number | null;
  saving: number | null;
  /** By the plans that its days began with, and what became of these days. */
  expected: number | null;
  happened: number | null;
}

export const QUANTITIES = ["load", "solar", "price", "temperature"] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** How good forecasts were; errors in the quantity's unit, shares from 0 to 1. */
export interface Score {
  days: number;
  mae: number;
  bias: number;
  coverage_80: number;
  skill: number | null;
}

export interface History {
  entry_id: string;
  currency: string;
  step: Step;
  rows: HistoryRow[];
  scores: Partial<Record<Quantity, Score>>;
}
