/** What is sent of a community, as one of its homes sees it. */

export const SPANS = ["day", "month", "total"] as const;
export type Span = (typeof SPANS)[number];

/** `measuring` until the first allocation is known. */
export type SlotState = "measuring" | "provisional" | "final" | "void";

/** What a home shared in a span, and what that saved beside no community. */
export interface Shared {
  bought_kwh: number;
  sold_kwh: number;
  /** In the community's currency; null where the home's own prices are not known. */
  saving: number | null;
  provisional: number;
  final: number;
  void: number;
}

/** Expected need and surplus of the community, energy by slot. */
export interface Outlook {
  /** Epoch seconds of the first slot. */
  start: number;
  step_s: number;
  need_kwh: number[];
  surplus_kwh: number[];
  issued: number;
  /** Too old to plan with. */
  stale: boolean;
}

export interface CommunityMessage {
  entry_id: string;
  name: string;
  currency: string;
  now: number;
  mode: "sharing" | "p2p";
  /** Whether somebody who may settles what is traded. */
  binding: boolean;
  connection: "connected" | "disconnected" | "unavailable";
  members: number;
  /** Null for a home that is not told. */
  online: number | null;
  /** Currency per kWh; null where one is not known. */
  prices: {
    community: number | null;
    fee: number | null;
    import: number | null;
    export: number | null;
  };
  /** The last slot that is over. */
  slot: { start: number; end: number; state: SlotState } | null;
  outlook: Outlook | null;
  spans: Partial<Record<Span, Shared>>;
}
