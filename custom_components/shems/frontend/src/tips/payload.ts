/** What is sent of a home's tips. */

import type { Args, Phrase } from "../payload";

export type TipState = "open" | "snoozed" | "dismissed" | "done";

export interface Tip {
  /** What the tip is known by from week to week. */
  tip: string;
  /** Of its texts. */
  code: string;
  device: string | null;
  state: TipState;
  /** Until when it is snoozed, seconds. */
  until: number | null;
  /** Currency a year, in four years of five between low and high. */
  value: { low: number; median: number; high: number };
  /** Probability that it saves anything at all. */
  confidence: number;
  effort: "minutes" | "habit" | "errand";
  since: number | null;
  found: number;
  args: Args;
}

export interface TipsMessage {
  entry_id: string;
  currency: string;
  may_say: boolean;
  /** When the last search ended, seconds. */
  searched: number | null;
  searching: boolean;
  problem: Phrase | null;
  tips: Tip[];
}
