/** What is sent of what flows: kW, null where unknown. */

import type { Phrase, PlanStatus } from "../payload";

/** Somebody else decides on a device for a while; epoch seconds. */
export interface Held {
  cause: string;
  since: number;
  until: number;
}

export interface LiveDevice {
  id: string;
  /** In Home Assistant's registry; null where the user may not choose for it. */
  device_id: string | null;
  name: string;
  kind: string;
  /** Whether SHEMS may drive it. */
  armed: boolean;
  /** Null where SHEMS cannot drive it. */
  mode: string | null;
  modes: string[];
  override: Held | null;
  /** Positive while consuming or charging. */
  power_kw: number | null;
  /** How full a battery or a car is, 0 to 1. */
  level: number | null;
  /** A battery's mode, else `run` or `rest`. */
  doing: string | null;
  reason: Phrase | null;
}

export interface LiveMessage {
  now: number;
  entry_id: string;
  title: string;
  status: PlanStatus;
  currency: string;
  enabled: boolean;
  has_solar: boolean;
  /** Positive while importing. */
  grid_kw: number | null;
  solar_kw: number | null;
  load_kw: number | null;
  import_price: number | null;
  export_price: number | null;
  devices: LiveDevice[];
}
