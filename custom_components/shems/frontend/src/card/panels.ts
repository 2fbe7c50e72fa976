/** Which lines each panel shows, in which colours. */

import type { Format } from "../format";
import type { Localize } from "../localize";
import type { Timeline, Values } from "../timeline";
import { faded, type Palette } from "./colors";
import { type Scale, stepDigits, valueScale } from "./ticks";

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

const STEP_WIDTH = 1.75;

const scaleOf = (series: Values[], marks: number, smallest: number): Scale =>
  valueScale(series.flat(), marks, smallest);

/** Leave out what lies outside the shown time, so that the scale fits what is seen. */
const within = (timeline: Timeline, values: Values): Values =>
  values.filter((_, i) => {
    const t = timeline.x[i] ?? 0;
    return t >= timeline.from && t <= timeline.to;
  });

const pricePanel = (
  timeline: Timeline,
  palette: Palette,
  localize: Localize,
  format: Format,
): Panel => {
  const { importKnown, importGuess, exportKnown, exportGuess, value } = timeline;
  const all = [importKnown, importGuess, exportKnown, exportGuess, value];
  const scale = scaleOf(
    all.map((values) => within(timeline, values)),
    4,
    0.01,
  );
  const unit = `${format.currencySymbol}/kWh`;
  const guessed = within(timeline, importGuess).some((v) => v !== null);
  const step = { shape: "step", width: STEP_WIDTH } as const;
  const guess = { ...step, dash: [4, 4] };
  const lines: Line[] = [
    {
      ...guess,
      values: importGuess,
      color: faded(palette.import, 0.65),
      fill: faded(palette.import, 0.06),
    },
    { ...step, values: importKnown, color: palette.import, fill: faded(palette.import, 0.16) },
    { ...guess, values: exportGuess, color: faded(palette.export, 0.6) },
    { ...step, values: exportKnown, color: palette.export },
  ];
  const readings: Reading[] = [
    {
      label: localize("series.import"),
      color: palette.import,
      swatch: "area",
      sources: [importKnown, importGuess],
      write: (value) => format.number(value, 3),
      say: format.price,
      dot: true,
    },
    {
      label: localize("series.export"),
      color: palette.export,
      swatch: "line",
      sources: [exportKnown, exportGuess],
      write: (value) => format.number(value, 3),
      say: format.price,
      dot: true,
    },
  ];
  if (value.some((v) => v !== null)) {
    lines.push({ values: value, color: palette.value, width: 1.5, shape: "step", dash: [1.5, 3] });
    readings.push({
      label: localize("series.value"),
      color: palette.value,
      swatch: "dashed",
      sources: [value],
      write: (worth) => format.number(worth, 3),
      say: format.price,
      dot: true,
    });
  }
  return {
    id: "price",
    title: localize("panel.price"),
    unit: guessed ? `${unit}, ${localize("series.expected")}` : unit,
    height: 124,
    scale,
    digits: Math.min(3, stepDigits(scale.step)),
    lines,
    bands: [],
    bars: [],
    readings,
  };
};

const powerPanel = (
  timeline: Timeline,
  palette: Palette,
  localize: Localize,
  format: Format,
): Panel => {
  const { load, solar, grid, curtailed } = timeline;
  const shown = [load, solar, grid].flatMap((flow) => [flow.past, flow.plan]);
  const scale = scaleOf(
    [...shown, load.high, solar.high].map((values) => within(timeline, values)),
    4,
    0.5,
  );
  const hasSolar = [...solar.past, ...solar.plan].some((v) => (v ?? 0) > 0);
  const lines: Line[] = [];
  const bands: Band[] = [];
  const readings: Reading[] = [];
  const reading = (
    label: string,
    color: string,
    sources: Values[],
    swatch: Reading["swatch"],
  ): Reading => ({
    label: localize(label),
    color,
    swatch,
    sources,
    write: (value) => format.number(value, 2),
    say: format.power,
    dot: true,
  });
  if (hasSolar) {
    bands.push({ low: solar.low, high: solar.high, color: faded(palette.solar, 0.2) });
    lines.push(
      {
        values: solar.past,
        color: palette.solar,
        width: 2,
        shape: "line",
        fill: faded(palette.solar, 0.18),
      },
      {
        values: solar.plan,
        color: palette.solar,
        width: 2,
        shape: "line",
        fill: faded(palette.solar, 0.08),
      },
    );
  }
  bands.push({ low: load.low, high: load.high, color: faded(palette.load, 0.14) });
  lines.push(
    { values: grid.past, color: palette.grid, width: 1.25, shape: "line" },
    {
      values: grid.plan,
      color: palette.grid,
      width: 1.25,
      shape: "step",
      fill: faded(palette.grid, 0.08),
    },
    { values: load.past, color: palette.load, width: 2, shape: "line" },
    { values: load.plan, color: palette.load, width: 2, shape: "line" },
  );
  readings.push(reading("series.load", palette.load, [load.past, load.plan], "area"));
  if (hasSolar)
    readings.push(reading("series.solar", palette.solar, [solar.past, solar.plan], "area"));
  readings.push(reading("series.grid", palette.grid, [grid.past, grid.plan], "line"));
  if (curtailed.some((v) => (v ?? 0) > 0.02)) {
    lines.push({
      values: curtailed,
      color: palette.curtailed,
      width: 1.25,
      shape: "step",
      dash: [2, 2],
    });
    readings.push(reading("series.curtailed", palette.curtailed, [curtailed], "dashed"));
  }
  return {
    id: "power",
    title: localize("panel.power"),
    unit: "kW",
    height: 172,
    scale,
    digits: stepDigits(scale.step),
    lines,
    bands,
    bars: [],
    readings,
  };
};

/** Stack the batteries' bars, discharging above zero and charging below. */
export const stackBars = (powers: Values[], colors: string[]): Bars[] => {
  const up: number[] = [];
  const down: number[] = [];
  return powers.map((values, index) => {
    const low: Values = [];
    const high: Values = [];
    values.forEach((value, i) => {
      const base = value !== null && value < 0 ? down : up;
      const from = base[i] ?? 0;
      low.push(value === null ? null : from);
      high.push(value === null ? null : from + value);
      if (value !== null) base[i] = from + value;
    });
    return { low, high, color: colors[index % colors.length] ?? "#888888" };
  });
};

const batteryPanel = (
  timeline: Timeline,
  palette: Palette,
  localize: Localize,
  format: Format,
): Panel => {
  const { batteries, batteryPast } = timeline;
  const several = batteries.length > 1;
  const bars = stackBars(
    batteries.map((line) => line.power),
    palette.batteries,
  );
  const measured = several ? palette.text : (palette.batteries[0] ?? palette.text);
  const scale = scaleOf(
    [...bars.map((bar) => bar.high), batteryPast].map((values) => within(timeline, values)),
    4,
    0.5,
  );
  const readings: Reading[] = batteries.map((line, index) => ({
    label: several ? line.battery.name : localize("series.battery"),
    color: palette.batteries[index % palette.batteries.length] ?? palette.text,
    swatch: "area",
    sources: several ? [line.power] : [batteryPast, line.power],
    write: (value) => format.number(value, 2),
    say: format.power,
    dot: false,
  }));
  if (several) {
    readings.push({
      label: localize("series.measured"),
      color: measured,
      swatch: "line",
      sources: [batteryPast],
      write: (value) => format.number(value, 2),
      say: format.power,
      dot: false,
    });
  }
  return {
    id: "battery",
    title: localize("panel.battery"),
    unit: localize("panel.battery.unit"),
    height: 104,
    scale,
    digits: stepDigits(scale.step),
    lines: [
      {
        values: batteryPast,
        color: measured,
        width: 1.25,
        shape: "step",
        fill: faded(measured, 0.25),
      },
    ],
    bands: [],
    bars: bars.map((bar) => ({ ...bar, color: faded(bar.color, 0.85) })),
    readings,
  };
};

const percent = (values: Values): Values => values.map((v) => (v === null ? null : v * 100));

const socPanel = (
  timeline: Timeline,
  palette: Palette,
  localize: Localize,
  format: Format,
): Panel => {
  const { batteries, socPast, x, now } = timeline;
  const several = batteries.length > 1;
  const write = (value: number): string => format.number(value, 0);
  const say = (value: number): string => format.percent(value / 100);
  const color = (index: number): string =>
    palette.batteries[index % palette.batteries.length] ?? palette.text;
  const past = percent(socPast);
  const plans = batteries.map((line) => percent(line.soc));
  const reserves = batteries.map(({ battery }) => battery.reserve * 100);
  const lines: Line[] = reserves.map((reserve, index) => ({
    values: x.map((t) => (t >= now ? reserve : null)),
    color: faded(color(index), 0.7),
    width: 1,
    shape: "line",
    dash: [5, 4],
  }));
  lines.push({
    values: past,
    color: several ? palette.text : color(0),
    width: 2,
    shape: "line",
    ...(several ? {} : { fill: faded(color(0), 0.1) }),
  });
  plans.forEach((values, index) =>
    lines.push({
      values,
      color: color(index),
      width: 2,
      shape: "line",
      ...(several ? {} : { fill: faded(color(index), 0.16) }),
    }),
  );
  const readings: Reading[] = plans.map((values, index) => ({
    label: several ? (batteries[index]?.battery.name ?? "") : localize("series.level"),
    color: color(index),
    swatch: "area",
    sources: several ? [values] : [past, values],
    write,
    say,
    dot: true,
  }));
  if (!several) {
    const [line] = lines;
    if (line) {
      readings.push({
        label: localize("series.reserve"),
        color: color(0),
        swatch: "dashed",
        sources: [line.values],
        write,
        say,
        dot: false,
      });
    }
  }
  return {
    id: "soc",
    title: localize("panel.soc"),
    unit: "%",
    height: 96,
    scale: { min: 0, max: 100, step: 50 },
    digits: 0,
    lines,
    bands: [],
    bars: [],
    readings,
  };
};

/** Make the panels of a timeline; without a battery the last two are left out. */
export const buildPanels = (
  timeline: Timeline,
  palette: Palette,
  localize: Localize,
  format: Format,
): Panel[] => {
  const args = [timeline, palette, localize, format] as const;
  const panels = [pricePanel(...args), powerPanel(...args)];
  if (timeline.batteries.length > 0) panels.push(batteryPanel(...args), socPanel(...args));
  return panels;
};

/** Read a value at a point of the axis. */
export const readAt = (reading: Reading, index: number): number | null => {
  for (const values of reading.sources) {
    const value = values[index];
    if (value !== null && value !== undefined) return value;
  }
  return null;
};
