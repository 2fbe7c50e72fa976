/** What the batteries do. */

import type { Values } from "../../timeline";
import { faded } from "../colors";
import { stepDigits } from "../ticks";
import { type Bars, type Panel, type Reading, type Source, scaleOf, within } from "./panel";

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

export const batteryPanel = ({ timeline, palette, localize, format }: Source): Panel => {
  const { batteries, batteryPast } = timeline;
  const several = batteries.length > 1;
  // A home may have a car that is charged, and no battery.
  const stores = several || "mode" in (batteries[0]?.battery ?? {});
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
    title: stores ? localize("panel.battery") : (batteries[0]?.battery.name ?? ""),
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
