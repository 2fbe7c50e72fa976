/** What the batteries hold. */

import type { Values } from "../../timeline";
import { faded } from "../colors";
import type { Line, Panel, Reading, Source } from "./panel";

const percent = (values: Values): Values => values.map((v) => (v === null ? null : v * 100));

export const socPanel = ({ timeline, palette, localize, format }: Source): Panel => {
  const { batteries, socPast, x, now } = timeline;
  const several = batteries.length > 1;
  const write = (value: number): string => format.number(value, 0);
  const say = (value: number): string => format.percent(value / 100);
  const color = (index: number): string =>
    palette.batteries[index % palette.batteries.length] ?? palette.text;
  const past = percent(socPast);
  const plans = batteries.map((line) => percent(line.soc));
  const reserves = batteries.map(({ battery }) => battery.reserve * 100);
  const lines: Line[] = reserves.flatMap((reserve, index) =>
    reserve === 0 && several
      ? []
      : [
          {
            values: x.map((t) => (t >= now ? reserve : null)),
            color: faded(color(index), 0.7),
            width: 1,
            shape: "line" as const,
            dash: [5, 4],
          },
        ],
  );
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
