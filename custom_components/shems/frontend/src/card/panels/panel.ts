/** What a panel shows, apart from how it is drawn. */

import type { Format } from "../../format";
import type { Localize } from "../../localize";
import type { Timeline, Values } from "../../timeline";
import type { Palette } from "../colors";
import { type Scale, valueScale } from "../ticks";

export interface Line {
  values: Values;
  color: string;
  width: number;
  shape: "step" | "line";
  dash?: number[];
  /** Colour between the line and zero. */
  fill?: string;
}

export interface Band {
  low: Values;
  high: Values;
  color: string;
}

/** Bars over the width of each step, from `low` to `high`. */
export interface Bars {
  low: Values;
  high: Values;
  color: string;
}

/** One named value of the legend; the first series with a value at the time is read. */
export interface Reading {
  label: string;
  color: string;
  /** CSS colour for the swatch. */
  swatch: "line" | "dashed" | "area";
  sources: Values[];
  /** Number alone: the panel's title gives the unit. */
  write: (value: number) => string;
  /** Number with its unit. */
  say: (value: number) => string;
  /** Whether a point is drawn on the line at the read time. */
  dot: boolean;
}

export interface Panel {
  id: "price" | "power" | "battery" | "soc";
  title: string;
  unit: string;
  height: number;
  scale: Scale;
  digits: number;
  lines: Line[];
  bands: Band[];
  bars: Bars[];
  readings: Reading[];
}

/** Everything a panel is made from. */
export interface Source {
  timeline: Timeline;
  palette: Palette;
  localize: Localize;
  format: Format;
}

export const scaleOf = (series: Values[], marks: number, smallest: number): Scale =>
  valueScale(series.flat(), marks, smallest);

/** Leave out what lies outside the shown time, so that the scale fits what is seen. */
export const within = (timeline: Timeline, values: Values): Values =>
  values.filter((_, i) => {
    const t = timeline.x[i] ?? 0;
    return t >= timeline.from && t <= timeline.to;
  });

/** Read a value at a point of the axis. */
export const readAt = (reading: Reading, index: number): number | null => {
  for (const values of reading.sources) {
    const value = values[index];
    if (value !== null && value !== undefined) return value;
  }
  return null;
};
