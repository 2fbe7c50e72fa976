/** What-if questions and inferred parameters as the integration sends them. */

import type { Args, Phrase } from "../payload";

/** In four years of five an amount lies between low and high; null where it has no end. */
export interface Band {
  low: number | null;
  median: number | null;
  high: number | null;
}

export interface YearFigures {
  cost: Band;
  bought_kwh: Band;
  sold_kwh: Band;
  self_sufficiency: Band | null;
  self_use: Band | null;
  cycles: Band | null;
  carbon_kg: Band | null;
}

export interface Answer {
  currency: string;
  saving: Band;
  payback_years: Band | null;
  before: YearFigures;
  after: YearFigures;
  months: (number | null)[];
  assumptions: { code: string; args: Args }[];
  days: number;
  years: number;
}

export type Stage = "idle" | "reading" | "playing" | "done" | "cancelled" | "failed";

export type Value = number | string | boolean | Record<string, unknown>[];

export interface WhatIfMessage {
  entry_id: string;
  currency: string;
  may_ask: boolean;
  /** Whether the home's contract follows a market. */
  dynamic: boolean;
  stage: Stage;
  /** 0 to 1. */
  progress: number;
  problem: Phrase | null;
  question: Record<string, Value>;
  answer: Answer | null;
}

export type Verdict = "trusted" | "effective" | "rejected" | "prior";

export interface InferredParameter {
  name: string;
  unit: string;
  mean: number;
  low: number;
  high: number;
  /** How much narrower than before anything was seen, 0 to 1. */
  contraction: number;
  entered: boolean;
}

export interface InferredMessage {
  entry_id: string;
  at: number | null;
  subjects: {
    block: string;
    name: string | null;
    verdict: Verdict;
    alarms: string[];
    days: number;
    parameters: InferredParameter[];
  }[];
}
