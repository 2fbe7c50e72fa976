/** What energy costs and earns, and what it is worth in store. */

import { faded } from "../colors";
import { stepDigits } from "../ticks";
import { type Line, type Panel, type Reading, type Source, scaleOf, within } from "./panel";

const STEP_WIDTH = 1.75;

export const pricePanel = ({ timeline, palette, localize, format }: Source): Panel => {
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
