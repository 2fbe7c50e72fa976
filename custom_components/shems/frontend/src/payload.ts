/** The plan as the integration sends it: epoch seconds, kW, currency per kWh, fractions. */

export type PlanStatus = "waiting" | "optimal" | "rule" | "safe" | "off";

export type BatteryMode = "self_consume" | "charge" | "absorb" | "cover" | "hold" | "discharge";

export type Args = Record<string, string | number>;

/** A code with its arguments, put into words by the reader's language. */
export interface Phrase {
  code: string;
  args: Args;
}

export interface Quantiles {
  p10: (number | null)[];
  p25?: (number | null)[];
  p50: (number | null)[];
  p75?: (number | null)[];
  p90: (number | null)[];
}

export interface BatteryPlan {
  id: string;
  name: string;
  capacity_kwh: number;
  /** Fraction of the capacity that is never used. */
  reserve: number;
  /** Positive while discharging. */
  power_kw: (number | null)[];
  /** Fraction at the end of each step. */
  soc: (number | null)[];
  /** Worth of the stored energy, currency per kWh. */
  value: (number | null)[];
  mode: BatteryMode[];
  reason: Phrase[];
  /** What was asked of it and cannot be had. */
  shortfalls: Shortfall[];
}

/** What was asked of a device and cannot be had. */
export interface Shortfall {
  code: string;
  amount: number;
  unit: string;
  /** When it was wanted, as ISO text. */
  at: string | null;
  /** What can be had at that time: °C, or kWh where a stored energy was wanted. */
  nearest: number | null;
}

export type DeviceKind =
  | "vehicle"
  | "heating"
  | "water"
  | "appliance"
  | "deferrable"
  | "sheddable";

/** A device that is moved in time; without steps where it is left out of the plan. */
export interface DevicePlan {
  id: string;
  name: string;
  kind: DeviceKind;
  /** SHEMS may not drive it: nothing else in the plan counts on this. */
  proposed: boolean;
  /** Positive while consuming. */
  power_kw: (number | null)[];
  /** kWh or °C at the end of each step. */
  state: (number | null)[] | null;
  value: (number | null)[] | null;
  reason: Phrase[];
  /** Of a programme, seconds; null for what is none. */
  length_s?: number | null;
  /** How many runs were asked for by word. */
  asked?: number;
  /** Of a car of which it is known how full it is; null for others. */
  capacity_kwh?: number | null;
  now: {
    power_kw: number | null;
    reason: Phrase | null;
    setpoint: number | null;
    shortfalls: Shortfall[];
  };
}

export interface Past {
  start: number[];
  load_kw: (number | null)[];
  solar_kw: (number | null)[];
  grid_kw: (number | null)[];
  battery_kw: (number | null)[];
  soc: (number | null)[];
}

/** Where a forecast comes from, and how good such forecasts were. */
export interface Provenance {
  source: string | null;
  /** End of the past that was learned, epoch seconds. */
  learned_until: number | null;
  /** By how much the error was smaller than the seven-day mean's, 0 to 1. */
  skill: number | null;
}

export interface PlanMessage {
  entry_id: string;
  title: string;
  now: number;
  created: number | null;
  status: PlanStatus;
  problem: Phrase | null;
  /** All that is wrong, the most important first; older releases name only the first. */
  problems?: (Phrase & { stage: "held" | "without" | "safe" })[];
  currency: string;
  time_zone: string;
  dry_run: boolean;
  provenance: { load: Provenance; solar: Provenance };
  solve_ms: number | null;
  start: number[];
  end: number[];
  import_price: (number | null)[];
  export_price: (number | null)[];
  price_known: boolean[];
  load_kw: Quantiles;
  solar_kw: Quantiles;
  /** Positive while importing. */
  grid_kw: (number | null)[];
  curtailed_kw: (number | null)[];
  /** What the month is billed for its peaks by the plan; null where peaks cost nothing. */
  peak_kw?: number | null;
  /** Ids in Home Assistant's registry of the devices the user may choose for, by ours. */
  movable?: Record<string, string>;
  batteries: BatteryPlan[];
  devices: DevicePlan[];
  cost: {
    plan: number | null;
    without_battery: number | null;
    self_consumption: number | null;
  };
  past: Past;
}

/** Length of a measured slot in seconds. */
export const PAST_STEP = 300;

/** Tell whether the message carries steps to draw. */
export const hasSteps = (message: PlanMessage): boolean =>
  message.start.length > 0 && message.end.length === message.start.length;

/** Give the last moment the message says anything about. */
export const horizonEnd = (message: PlanMessage): number =>
  message.end[message.end.length - 1] ?? message.now;
