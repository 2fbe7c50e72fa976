/** What is sent of a home's savings. */

export const SPANS = ["day", "month", "year", "total"] as const;
export type Span = (typeof SPANS)[number];

export const CAUSES = ["shifting", "self_use", "export", "peak"] as const;

/** Money of a span, in the home's currency; costs are of the hours that were compared. */
export interface Saved {
  saving: number;
  cost: number;
  /** Of the same home without SHEMS. */
  without: number;
  /** Likewise, and without batteries. */
  no_battery: number;
  hours: number;
  /** Of these, those of which something was not known. */
  left_out_hours: number;
  /** What these cost. */
  left_out_cost: number;
  /** By device id; empty where that is not kept. */
  by_device: Record<string, number>;
  by_cause: Record<string, number>;
  /** What more would have been saved by who had known the days that are over. */
  missed: number;
  /** The hours in which that was looked back on. */
  foreseen_hours: number;
}

export interface SavingsMessage {
  entry_id: string;
  currency: string;
  /** Of devices, by their ids. */
  names: Record<string, string>;
  spans: Partial<Record<Span, Saved>>;
}
