/** Round places for axis marks: full local hours and round numbers. */

import type { Format } from "../format";

const QUARTER = 900;
const HOUR_STEPS = [1, 2, 3, 4, 6, 8, 12, 24];
/** A label nearer to the right edge would be cut off. */
const EDGE = 8;
const NICE = [1, 2, 2.5, 5, 10];

export interface TimeTick {
  time: number;
  label: string;
  midnight: boolean;
}

/** Choose local full hours so that marks stay at least `gap` pixels apart. */
export const timeTicks = (
  from: number,
  to: number,
  width: number,
  format: Format,
  gap = 52,
): TimeTick[] => {
  const hours = (to - from) / 3600;
  const most = Math.max(1, Math.floor(width / gap));
  const step = HOUR_STEPS.find((size) => hours / size <= most) ?? 24;
  const ticks: TimeTick[] = [];
  // Quarters, because some zones are off the full hour and days may have 23 or 25 hours.
  for (let time = Math.ceil(from / QUARTER) * QUARTER; time <= to; time += QUARTER) {
    const { hour, minute } = format.clock(time);
    if (minute !== 0 || hour % step !== 0) continue;
    // The repeated hour in autumn would stand too near.
    const last = ticks[ticks.length - 1];
    if (last && time - last.time < step * 2700) continue;
    const midnight = hour === 0;
    const cut =
      ((to - time) * width) / (to - from) < EDGE || ((time - from) * width) / (to - from) < 4;
    const label = midnight ? format.weekday(time) : format.fullHour(time);
    ticks.push({ time, midnight, label: cut ? "" : label });
  }
  return ticks;
};

/** Give the smallest round step of at least `rough`. */
const niceStep = (rough: number): number => {
  const power = 10 ** Math.floor(Math.log10(rough));
  return (NICE.find((size) => size * power >= rough * 0.999) ?? 10) * power;
};

export interface Scale {
  min: number;
  max: number;
  step: number;
}

/** Span the values and zero, with about `marks` round marks. */
export const valueScale = (
  values: Iterable<number | null>,
  marks: number,
  smallest: number,
): Scale => {
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (high - low < smallest) high = low + smallest;
  const room = (high - low) * 0.06;
  return {
    min: low < 0 ? low - room : 0,
    max: high > 0 ? high + room : 0,
    step: niceStep((high - low) / marks),
  };
};

/** Give the marks of a scale. */
export const scaleMarks = ({ min, max, step }: Scale): number[] => {
  const marks: number[] = [];
  for (let i = Math.ceil(min / step); i * step <= max + step / 1000; i += 1) marks.push(i * step);
  return marks;
};

/** Give the decimals needed to tell a scale's marks apart. */
export const stepDigits = (step: number): number => {
  for (let digits = 0; digits < 4; digits += 1) {
    const scaled = step * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6) return digits;
  }
  return 4;
};
