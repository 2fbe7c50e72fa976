/** What the plan is going to do next, as few distinct actions. */

import type { BatteryMode, BatteryPlan, DevicePlan, Phrase, PlanMessage } from "./payload";

export interface Action {
  battery: BatteryPlan;
  mode: BatteryMode;
  reason: Phrase;
  start: number;
  end: number;
  /** Net energy out of the battery, kWh; negative while charging. */
  energy: number;
  /** Fraction stored at the end. */
  soc: number | null;
}

/** Shorter changes of mode that move less energy are not worth a line of their own. */
const SHORTEST = 20 * 60;
const LEAST_KWH = 0.3;

const NO_REASON: Phrase = { code: "idle", args: {} };

const same = (a: Action, b: Action): boolean =>
  a.mode === b.mode && a.reason.code === b.reason.code;

const absorb = (into: Action, other: Action): void => {
  into.end = other.end;
  into.energy += other.energy;
  into.soc = other.soc;
};

const stepAction = (message: PlanMessage, battery: BatteryPlan, index: number): Action => {
  const end = message.end[index] ?? message.now;
  const start = Math.max(message.start[index] ?? message.now, message.now);
  return {
    battery,
    mode: battery.mode[index] ?? "hold",
    reason: battery.reason[index] ?? NO_REASON,
    start,
    end,
    energy: ((battery.power_kw[index] ?? 0) * (end - start)) / 3600,
    soc: battery.soc[index] ?? null,
  };
};

/** Join equal neighbours, then let minor ones disappear in what goes before. */
const batteryActions = (message: PlanMessage, battery: BatteryPlan): Action[] => {
  const joined: Action[] = [];
  message.end.forEach((end, index) => {
    if (end <= message.now) return;
    const action = stepAction(message, battery, index);
    const last = joined[joined.length - 1];
    if (last && same(last, action)) absorb(last, action);
    else joined.push(action);
  });
  const actions: Action[] = [];
  for (const action of joined) {
    const last = actions[actions.length - 1];
    const minor = action.end - action.start < SHORTEST && Math.abs(action.energy) < LEAST_KWH;
    if (last && (minor || same(last, action))) absorb(last, action);
    else actions.push(action);
  }
  return actions;
};

/** Give the next distinct actions of all batteries in order of time. */
export const nextActions = (message: PlanMessage, limit: number): Action[] =>
  message.batteries
    .flatMap((battery) => batteryActions(message, battery))
    .sort((a, b) => a.start - b.start)
    .slice(0, limit);

/** Give every run of one mode of a battery, for the coloured strip. */
export const modeRuns = (
  message: PlanMessage,
  battery: BatteryPlan,
): { mode: BatteryMode; start: number; end: number }[] => {
  const runs: { mode: BatteryMode; start: number; end: number }[] = [];
  message.start.forEach((start, index) => {
    const mode = battery.mode[index] ?? "hold";
    const end = message.end[index] ?? start;
    const last = runs[runs.length - 1];
    if (last?.mode === mode && last.end === start) last.end = end;
    else runs.push({ mode, start, end });
  });
  return runs;
};

/** Below ten watts a device stands still. */
const STANDS_KW = 0.01;

/** A time in which a device runs without a break, and what it takes, kWh. */
export interface Run {
  start: number;
  end: number;
  energy: number;
}

/** Below this an energy is shown as 0.0 kWh. */
const SHOWN_KWH = 0.05;

/** Tell whether a run takes enough for its energy to be shown. */
export const isShown = (run: Run): boolean => Math.abs(run.energy) >= SHOWN_KWH;

/**
 * Give the run of a device that is on, or comes next; null where none is planned. One that is yet
 * to come and takes next to nothing is passed over.
 */
export const nextRun = (message: PlanMessage, device: DevicePlan): Run | null => {
  let run: Run | null = null;
  const told = (): boolean => run !== null && (run.start <= message.now || isShown(run));
  for (const [index, end] of message.end.entries()) {
    if (end <= message.now) continue;
    const power = device.power_kw[index] ?? 0;
    if (Math.abs(power) <= STANDS_KW) {
      if (told()) break;
      run = null;
      continue;
    }
    const start = Math.max(message.start[index] ?? message.now, message.now);
    run ??= { start, end, energy: 0 };
    run.end = end;
    run.energy += (power * (end - start)) / 3600;
  }
  return told() ? run : null;
};
