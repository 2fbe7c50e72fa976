/** The plan and the measured past on one shared, sorted time axis. */

import type { BatteryPlan, PlanMessage, Quantiles } from "./payload";
import { PAST_STEP, horizonEnd } from "./payload";

export type Values = (number | null)[];

/** Measured past and planned future of one power, on the shared axis. */
export interface Flow {
  past: Values;
  plan: Values;
}

/** A forecast: measured past, then the median between its 10 and 90 %, and 25 and 75 %, quantiles. */
export interface Forecast extends Flow {
  low: Values;
  high: Values;
  innerLow: Values;
  innerHigh: Values;
}

/** A battery, or a car of which it is known how full it is. */
export type Store = Pick<
  BatteryPlan,
  "name" | "capacity_kwh" | "reserve" | "power_kw" | "soc"
>;

export interface BatteryLine {
  battery: Store;
  power: Values;
  soc: Values;
}

export interface Timeline {
  /** Epoch seconds, ascending: every bound and middle of a step or slot. */
  x: number[];
  from: number;
  to: number;
  now: number;
  importKnown: Values;
  importGuess: Values;
  exportKnown: Values;
  exportGuess: Values;
  /** Capacity-weighted worth of stored energy. */
  value: Values;
  load: Forecast;
  solar: Forecast;
  grid: Flow;
  curtailed: Values;
  /** The peak that the month is billed for by the plan. */
  peak: Values;
  batteryPast: Values;
  socPast: Values;
  batteries: BatteryLine[];
}

interface Steps {
  start: number[];
  end: number[];
}

const PAST_SHARE = 1 / 6;

/** Find the step that holds `t`, -1 where there is none. */
export const stepIndex = (steps: Steps, t: number): number => {
  let low = 0;
  let high = steps.start.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (t < (steps.start[middle] ?? Infinity)) high = middle - 1;
    else if (t >= (steps.end[middle] ?? -Infinity)) low = middle + 1;
    else return middle;
  }
  return -1;
};

const valueAt = (values: Values, index: number): number | null => values[index] ?? null;

/** Hold each step's value over its width. */
const stepped = (x: number[], steps: Steps, values: Values): Values =>
  x.map((t) => {
    const index = stepIndex(steps, t);
    return index < 0 ? null : valueAt(values, index);
  });

/** Join the steps' middles by straight lines; a gap stays a gap. */
const joined = (x: number[], steps: Steps, values: Values): Values => {
  const middle = steps.start.map((start, i) => (start + (steps.end[i] ?? start)) / 2);
  return x.map((t) => {
    const index = stepIndex(steps, t);
    if (index < 0) return null;
    const own = valueAt(values, index);
    if (own === null) return null;
    const centre = middle[index] ?? t;
    const next = t < centre ? index - 1 : index + 1;
    const other = valueAt(values, next);
    const otherCentre = middle[next];
    if (other === null || otherCentre === undefined) return own;
    return own + ((other - own) * (t - centre)) / (otherCentre - centre);
  });
};

/** Join levels that are known at the steps' ends, beginning at `first`. */
const levels = (x: number[], steps: Steps, values: Values, first: number): Values =>
  x.map((t) => {
    const last = steps.end.length - 1;
    const index = t === steps.end[last] ? last : stepIndex(steps, t);
    if (index < 0) return null;
    const start = steps.start[index] ?? t;
    const end = steps.end[index] ?? t;
    const before = index === 0 ? first : (values[index - 1] ?? null);
    const after = valueAt(values, index);
    if (before === null || after === null) return null;
    return end === start ? after : before + ((after - before) * (t - start)) / (end - start);
  });

/** Give the cars as stores of energy: what they take is charged. */
const carsOf = ({ devices }: PlanMessage): Store[] =>
  devices.flatMap(({ name, power_kw, state, capacity_kwh: capacity }) =>
    capacity && state && power_kw.length > 0
      ? [
          {
            name,
            capacity_kwh: capacity,
            reserve: 0,
            power_kw: power_kw.map((power) => (power === null ? null : -power)),
            soc: state.map((energy) => (energy === null ? null : energy / capacity)),
          },
        ]
      : [],
  );

/** Give the level a battery starts the plan with; losses in one step are too small to see. */
const firstLevel = (battery: Store, steps: Steps): number => {
  const hours = ((steps.end[0] ?? 0) - (steps.start[0] ?? 0)) / 3600;
  const level = (battery.soc[0] ?? 0) + ((battery.power_kw[0] ?? 0) * hours) / battery.capacity_kwh;
  return Math.min(1, Math.max(0, Number.isFinite(level) ? level : 0));
};

/** Average the worth of stored energy over the batteries by their capacity. */
export const storedValue = (batteries: BatteryPlan[], index: number): number | null => {
  let worth = 0;
  let capacity = 0;
  for (const battery of batteries) {
    const value = battery.value[index];
    if (value === undefined || value === null) continue;
    worth += value * battery.capacity_kwh;
    capacity += battery.capacity_kwh;
  }
  return capacity > 0 ? worth / capacity : null;
};

const axisOf = (plan: Steps, past: Steps, now: number): number[] => {
  const times = new Set<number>([now]);
  for (const { start, end } of [past, plan]) {
    start.forEach((first, i) => {
      const last = end[i] ?? first;
      times
        .add(first)
        .add((first + last) / 2)
        .add(last);
    });
  }
  return [...times].sort((a, b) => a - b);
};

/** Keep values where `known` is true or, with `wanted` false, where it is not. */
const where = (values: Values, known: boolean[], wanted: boolean): Values =>
  values.map((value, i) => ((known[i] ?? true) === wanted ? value : null));

/** Lay the message out for drawing `hours` ahead, with a sixth of that behind. */
export const buildTimeline = (message: PlanMessage, hours: number): Timeline => {
  const plan: Steps = { start: message.start, end: message.end };
  const past: Steps = {
    start: message.past.start,
    end: message.past.start.map((start) => start + PAST_STEP),
  };
  const { now } = message;
  const x = axisOf(plan, past, now);
  const forecast = (measured: Values, quantiles: Quantiles): Forecast => ({
    past: joined(x, past, measured),
    plan: joined(x, plan, quantiles.p50),
    low: joined(x, plan, quantiles.p10),
    high: joined(x, plan, quantiles.p90),
    innerLow: joined(x, plan, quantiles.p25 ?? []),
    innerHigh: joined(x, plan, quantiles.p75 ?? []),
  });
  const { import_price, export_price, price_known } = message;
  return {
    x,
    from: Math.max(now - hours * 3600 * PAST_SHARE, Math.min(x[0] ?? now, now)),
    to: Math.max(Math.min(now + hours * 3600, horizonEnd(message)), now + 3600),
    now,
    importKnown: stepped(x, plan, where(import_price, price_known, true)),
    importGuess: stepped(x, plan, where(import_price, price_known, false)),
    exportKnown: stepped(x, plan, where(export_price, price_known, true)),
    exportGuess: stepped(x, plan, where(export_price, price_known, false)),
    value: stepped(
      x,
      plan,
      message.start.map((_, i) => storedValue(message.batteries, i)),
    ),
    load: forecast(message.past.load_kw, message.load_kw),
    solar: forecast(message.past.solar_kw, message.solar_kw),
    grid: {
      past: joined(x, past, message.past.grid_kw),
      plan: stepped(x, plan, message.grid_kw),
    },
    curtailed: stepped(x, plan, message.curtailed_kw),
    batteryPast: stepped(x, past, message.past.battery_kw),
    socPast: joined(x, past, message.past.soc),
    peak: x.map((t) => (t >= now ? (message.peak_kw ?? null) : null)),
    batteries: [...message.batteries, ...carsOf(message)].map((battery) => ({
      battery,
      power: stepped(x, plan, battery.power_kw),
      soc: levels(x, plan, battery.soc, firstLevel(battery, plan)),
    })),
  };
};

/** Find the last point of the axis at or before `t`. */
export const axisIndex = (x: number[], t: number): number => {
  let low = 0;
  let high = x.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((x[middle] ?? Infinity) <= t) low = middle;
    else high = middle - 1;
  }
  return low;
};
