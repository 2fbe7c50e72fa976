/** What the home uses, makes and takes from the grid. */

import type { Values } from "../../timeline";
import { faded } from "../colors";
import { stepDigits } from "../ticks";
import {
  type Band,
  type Line,
  type Panel,
  type Reading,
  type Source,
  scaleOf,
  within,
} from "./panel";

export const powerPanel = ({ timeline, palette, localize, format }: Source): Panel => {
  const { load, solar, grid, curtailed, peak } = timeline;
  const shown = [load, solar, grid].flatMap((flow) => [flow.past, flow.plan]);
  const scale = scaleOf(
    [...shown, load.high, solar.high, peak].map((values) => within(timeline, values)),
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
    bands.push(
      { low: solar.low, high: solar.high, color: faded(palette.solar, 0.16) },
      { low: solar.innerLow, high: solar.innerHigh, color: faded(palette.solar, 0.22) },
    );
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
  bands.push(
    { low: load.low, high: load.high, color: faded(palette.load, 0.1) },
    { low: load.innerLow, high: load.innerHigh, color: faded(palette.load, 0.14) },
  );
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
  if (peak.some((v) => v !== null)) {
    lines.push({ values: peak, color: palette.curtailed, width: 1.25, shape: "line", dash: [8, 4] });
    readings.push({ ...reading("series.peak", palette.curtailed, [peak], "dashed"), dot: false });
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
