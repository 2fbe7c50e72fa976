/** One panel drawn by uPlot, which only draws: pointer and time are handled outside. */

import uPlot from "uplot";

import type { Timeline, Values } from "../timeline";
import type { Palette } from "./colors";
import type { Bars, Line, Panel } from "./panels/panel";
import { type TimeTick, scaleMarks } from "./ticks";

export interface PlotFrame {
  width: number;
  height: number;
  left: number;
  right: number;
  /** Whether times are written below. */
  labels: boolean;
  ticks: TimeTick[];
  from: number;
  to: number;
}

export const LABEL_HEIGHT = 22;
const TOP = 6;
const BOTTOM = 7;

const stepPaths = uPlot.paths.stepped?.({ align: 1 });
const linePaths = uPlot.paths.linear?.();

const seriesOf = (line: Line): uPlot.Series => {
  const paths = line.shape === "step" ? stepPaths : linePaths;
  return {
    stroke: line.color,
    width: line.width,
    points: { show: false },
    ...(line.dash ? { dash: line.dash } : {}),
    ...(line.fill ? { fill: line.fill, fillTo: 0 } : {}),
    ...(paths ? { paths } : {}),
  };
};

const hidden = (): uPlot.Series => ({
  stroke: "transparent",
  width: 0,
  points: { show: false },
});

/** Hold a step's last value up to where the gap begins. */
const closed = (values: Values): Values => values.map((value, i) => value ?? values[i - 1] ?? null);

/** Fill each run of equal bars as one rectangle. */
const drawBars = (plot: uPlot, x: number[], bars: Bars): void => {
  const { ctx } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
  ctx.clip();
  ctx.fillStyle = bars.color;
  for (let i = 0; i + 1 < x.length;) {
    const low = bars.low[i] ?? null;
    const high = bars.high[i] ?? null;
    let next = i + 1;
    while (next + 1 < x.length && bars.low[next] === low && bars.high[next] === high) next += 1;
    if (low !== null && high !== null && low !== high) {
      // Whole pixels, so that neighbours meet without a seam.
      const left = Math.round(plot.valToPos(x[i] ?? 0, "x", true));
      const right = Math.round(plot.valToPos(x[next] ?? 0, "x", true));
      const top = plot.valToPos(Math.max(low, high), "y", true);
      const bottom = plot.valToPos(Math.min(low, high), "y", true);
      ctx.fillRect(left, top, right - left, bottom - top);
    }
    i = next;
  }
  ctx.restore();
};

const drawZero = (plot: uPlot, color: string): void => {
  const { ctx } = plot;
  const y = Math.round(plot.valToPos(0, "y", true)) + 0.5;
  if (y < plot.bbox.top || y > plot.bbox.top + plot.bbox.height + 1) return;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  ctx.moveTo(plot.bbox.left, y);
  ctx.lineTo(plot.bbox.left + plot.bbox.width, y);
  ctx.stroke();
  ctx.restore();
};

const axesOf = (
  panel: Panel,
  frame: PlotFrame,
  palette: Palette,
  number: (value: number, digits: number) => string,
): uPlot.Axis[] => {
  const font = `11px ${palette.font}`;
  const grid = { stroke: palette["grid-line"], width: 1 };
  const marks = scaleMarks(panel.scale);
  return [
    {
      stroke: palette.text,
      font,
      grid,
      ticks: { show: false },
      size: frame.labels ? LABEL_HEIGHT : 0,
      gap: 6,
      splits: () => frame.ticks.map((tick) => tick.time),
      values: () => frame.ticks.map((tick) => (frame.labels ? tick.label : "")),
    },
    {
      stroke: palette.text,
      font,
      grid,
      ticks: { show: false },
      size: frame.left,
      gap: 6,
      splits: () => marks,
      values: () => marks.map((mark) => number(mark, panel.digits)),
    },
  ];
};

/** Draw a panel into the element and give its plot, to be destroyed by the caller. */
export const drawPanel = (
  element: HTMLElement,
  panel: Panel,
  timeline: Timeline,
  frame: PlotFrame,
  palette: Palette,
  number: (value: number, digits: number) => string,
): uPlot => {
  const data: Values[] = [];
  const series: uPlot.Series[] = [{}];
  const bands: uPlot.Band[] = [];
  for (const band of panel.bands) {
    data.push(band.high, band.low);
    series.push(hidden(), hidden());
    bands.push({ series: [series.length - 2, series.length - 1], fill: band.color });
  }
  for (const line of panel.lines) {
    data.push(line.shape === "step" ? closed(line.values) : line.values);
    series.push(seriesOf(line));
  }
  const { scale } = panel;
  return new uPlot(
    {
      width: frame.width,
      height: frame.height,
      padding: [TOP, frame.right, frame.labels ? 0 : BOTTOM, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: () => [frame.from, frame.to] },
        y: { range: () => [scale.min, scale.max] },
      },
      axes: axesOf(panel, frame, palette, number),
      series,
      bands,
      hooks: {
        drawAxes: [
          (plot) => {
            panel.bars.forEach((bars) => drawBars(plot, timeline.x, bars));
            drawZero(plot, palette["zero-line"]);
          },
        ],
      },
    },
    [timeline.x, ...data] as uPlot.AlignedData,
    element,
  );
};

/** Give the pixels between the element's top and the place of a value. */
export const valueTop = (panel: Panel, frame: PlotFrame, value: number): number => {
  const bottom = frame.labels ? LABEL_HEIGHT : BOTTOM;
  const inner = frame.height - TOP - bottom;
  return TOP + (inner * (panel.scale.max - value)) / (panel.scale.max - panel.scale.min);
};
