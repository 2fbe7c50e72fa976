/** What lies over the drawn panels: now, the read time, dots, and the strips of modes. */

import { type TemplateResult, html, nothing } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { styleMap } from "lit/directives/style-map.js";

import { modeRuns } from "../actions";
import type { Localize } from "../localize";
import { modeColor, modeKey, modeSvg } from "../modes";
import type { BatteryPlan, PlanMessage } from "../payload";
import type { Timeline } from "../timeline";
import { type Panel, readAt } from "./panels/panel";
import { type PlotFrame, valueTop } from "./plot";
import type { ChartPointer, Space } from "./pointer";

/** About the width of a letter in the strips' size. */
const LETTER_WIDTH = 5.6;
const LABEL_PADDING = 12;
const ICON_WIDTH = 20;

/** Give the place of a time in percent of the axis. */
const place = ({ from, to }: Timeline, time: number): number => (100 * (time - from)) / (to - from);

const at = (timeline: Timeline, time: number) => styleMap({ left: `${place(timeline, time)}%` });

/** The past in shade, midnights, now, the read time and the span being marked. */
export const renderLines = (
  timeline: Timeline,
  frame: PlotFrame,
  pointer: ChartPointer,
): TemplateResult => {
  const { now } = timeline;
  const { time, marked } = pointer;
  const selection = marked && {
    left: `${place(timeline, marked.from)}%`,
    width: `${place(timeline, marked.to) - place(timeline, marked.from)}%`,
  };
  return html`
    <div class=${classMap({ over: true, labelled: frame.labels })} aria-hidden="true">
      <div class="past" style=${styleMap({ width: `${Math.max(0, place(timeline, now))}%` })}></div>
      ${frame.ticks
        .filter((tick) => tick.midnight)
        .map((tick) => html`<div class="midnight" style=${at(timeline, tick.time)}></div>`)}
      <div class="now" style=${at(timeline, now)}></div>
      ${time === null ? nothing : html`<div class="cursor" style=${at(timeline, time)}></div>`}
      ${selection ? html`<div class="selection" style=${styleMap(selection)}></div>` : nothing}
    </div>
  `;
};

/** Dots where the read time meets the lines. */
export const renderDots = (
  panel: Panel,
  frame: PlotFrame,
  timeline: Timeline,
  time: number,
  index: number,
): TemplateResult => html`
  <div class="over dots" aria-hidden="true">
    ${panel.readings.map((reading) => {
      const value = reading.dot ? readAt(reading, index) : null;
      if (value === null) return nothing;
      const style = {
        left: `${place(timeline, time)}%`,
        top: `${valueTop(panel, frame, value)}px`,
        "--color": reading.color,
      };
      return html`<div class="dot" style=${styleMap(style)}></div>`;
    })}
  </div>
`;

const renderStrip = (
  message: PlanMessage,
  battery: BatteryPlan,
  { timeline, width: axisWidth }: Space,
  localize: Localize,
): TemplateResult => {
  const { from, to, now } = timeline;
  const runs = modeRuns(message, battery).filter((run) => run.end > from && run.start < to);
  return html`
    <div class="strip">
      ${runs.map((run) => {
        const left = Math.max(0, place(timeline, run.start));
        const width = Math.min(100, place(timeline, run.end)) - left;
        const label = localize(modeKey(run.mode));
        const pixels = (width * axisWidth) / 100;
        const narrow = pixels < label.length * LETTER_WIDTH + LABEL_PADDING;
        const short = pixels >= ICON_WIDTH ? modeSvg(run.mode) : nothing;
        const style = { left: `${left}%`, width: `${width}%`, "--color": modeColor(run.mode) };
        return html`<span
          class=${classMap({ run: true, narrow })}
          title=${label}
          style=${styleMap(style)}
          >${narrow ? short : label}</span
        >`;
      })}
      <div class="now" style=${at(timeline, now)}></div>
    </div>
  `;
};

/** One row per battery with its modes by colour and, where there is room, by name. */
export const renderStrips = (
  message: PlanMessage,
  space: Space,
  localize: Localize,
): TemplateResult => html`
  <div class="strips" aria-hidden="true">
    ${message.batteries.map((battery) => renderStrip(message, battery, space, localize))}
  </div>
`;
