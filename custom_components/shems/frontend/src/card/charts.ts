/** The stacked panels with one time axis, one now-line and one cursor. */

import {
  LitElement,
  type PropertyValues,
  type TemplateResult,
  html,
  nothing,
  unsafeCSS,
} from "lit";
import { property, queryAll, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { styleMap } from "lit/directives/style-map.js";
import type uPlot from "uplot";
import plotStyle from "uplot/dist/uPlot.min.css?inline";

import type { Format } from "../format";
import type { HomeAssistant } from "../ha";
import type { Localize } from "../localize";
import type { PlanMessage } from "../payload";
import { type Timeline, axisIndex, buildTimeline } from "../timeline";
import { chartsStyle } from "./charts-style";
import { readPalette } from "./colors";
import { renderDots, renderLines, renderStrips } from "./overlay";
import { buildPanels } from "./panels";
import { type Panel, readAt } from "./panels/panel";
import { LABEL_HEIGHT, type PlotFrame, drawPanel } from "./plot";
import { ChartPointer, type Space } from "./pointer";
import { reasonsAt } from "./tip";
import { type TimeTick, timeTicks } from "./ticks";

const NARROW = 480;
const GUTTER = { wide: { left: 44, right: 12 }, narrow: { left: 36, right: 4 } };
const LABEL_GAP = { wide: 56, narrow: 42 };
const ZOOM_HOURS = [6, 12, 24];
const TIP_GAP = 10;
const DRAWING_INPUTS = ["message", "format", "localize", "hours", "theme", "width", "drawing"];

/** Tell whether a change calls for new drawings, not only for a moved cursor. */
const needsDrawing = (changed: PropertyValues): boolean =>
  DRAWING_INPUTS.some((name) => changed.has(name));

export class ShemsPlanCharts extends LitElement {
  static override styles = [unsafeCSS(plotStyle), chartsStyle];

  @property({ attribute: false }) hass!: HomeAssistant;
  @property({ attribute: false }) message!: PlanMessage;
  @property({ attribute: false }) format!: Format;
  @property({ attribute: false }) localize!: Localize;
  @property({ type: Number }) hours = 36;
  /** Changes whenever colours may have changed. */
  @property() theme = "";

  @state() private width = 0;
  /** Counts what the reader asked to be drawn anew. */
  @state() private drawing = 0;
  @state() private failed = false;

  @queryAll(".canvas") private canvases!: NodeListOf<HTMLElement>;

  private timeline!: Timeline;
  private panels: Panel[] = [];
  private ticks: TimeTick[] = [];
  private plots: uPlot[] = [];

  private readonly pointer = new ChartPointer(
    this,
    () => this.space,
    () => (this.drawing += 1),
  );

  private readonly resize = new ResizeObserver(([entry]) => {
    this.width = Math.floor(entry?.contentRect.width ?? 0);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
    this.clear();
    this.width = 0;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.width === 0 || !needsDrawing(changed)) return;
    const { left, right } = this.gutter;
    this.style.setProperty("--left", `${left}px`);
    this.style.setProperty("--right", `${right}px`);
    const { localize, format, pointer } = this;
    const timeline = buildTimeline(this.message, pointer.hours ?? this.hours);
    this.timeline = pointer.zoom ? { ...timeline, ...pointer.zoom } : timeline;
    this.panels = buildPanels({
      timeline: this.timeline,
      palette: readPalette(this),
      localize,
      format,
    });
    const gap = this.narrow ? LABEL_GAP.narrow : LABEL_GAP.wide;
    this.ticks = timeTicks(this.timeline.from, this.timeline.to, this.space.width, format, gap);
  }

  protected override updated(changed: PropertyValues): void {
    if (this.width > 0 && needsDrawing(changed)) this.draw();
  }

  private get narrow(): boolean {
    return this.width < NARROW;
  }

  private get gutter(): { left: number; right: number } {
    return this.narrow ? GUTTER.narrow : GUTTER.wide;
  }

  private get space(): Space {
    const { left, right } = this.gutter;
    return { timeline: this.timeline, left, width: Math.max(1, this.width - left - right) };
  }

  private clear(): void {
    this.plots.forEach((plot) => plot.destroy());
    this.plots = [];
  }

  private frame(index: number): PlotFrame {
    const labels = index === this.panels.length - 1;
    const height = this.panels[index]?.height ?? 0;
    return {
      ...this.gutter,
      width: this.width,
      height: height + (labels ? LABEL_HEIGHT : 0),
      labels,
      ticks: this.ticks,
      from: this.timeline.from,
      to: this.timeline.to,
    };
  }

  private draw(): void {
    this.clear();
    const palette = readPalette(this);
    const { number } = this.format;
    try {
      this.plots = this.panels.flatMap((panel, index) => {
        const element = this.canvases[index];
        return element
          ? [drawPanel(element, panel, this.timeline, this.frame(index), palette, number)]
          : [];
      });
      this.failed = false;
    } catch {
      // A browser without canvas: the table still tells everything.
      this.failed = true;
    }
    this.toggleAttribute("drawn", !this.failed && this.plots.length > 0);
  }

  protected override render(): TemplateResult {
    if (this.width === 0) return html`<div class="stack"></div>`;
    const { pointer, localize, format } = this;
    const { x, now, from, to } = this.timeline;
    const time = pointer.time ?? now;
    const index = axisIndex(x, time);
    const moment = format.dayTime(time, now);
    return html`
      ${this.renderToolbar(moment)}
      ${this.failed ? html`<p class="failed">${localize("error.draw")}</p>` : nothing}
      <div
        class="stack"
        tabindex="0"
        role="slider"
        aria-label=${localize("aria.chart", {
          start: format.dayTime(from, now),
          end: format.dayTime(to, now),
        })}
        aria-valuemin=${Math.round(from)}
        aria-valuemax=${Math.round(to)}
        aria-valuenow=${Math.round(Math.min(to, Math.max(from, time)))}
        aria-valuetext=${[moment, ...this.spoken(index), ...reasonsAt(this.message, time, this).map(({ text }) => text)].join(", ")}
        @pointermove=${pointer.onMove}
        @pointerdown=${pointer.onDown}
        @pointerup=${pointer.onUp}
        @pointercancel=${pointer.onUp}
        @pointerleave=${pointer.onLeave}
        @dblclick=${pointer.reset}
        @keydown=${pointer.onKey}
      >
        ${this.panels.map((panel, order) => this.renderPanel(panel, this.frame(order), index))}
        ${this.renderTip(time)}
      </div>
      <shems-plan-gantt
        .hass=${this.hass}
        .message=${this.message}
        .format=${format}
        .localize=${localize}
        .from=${from}
        .to=${to}
      ></shems-plan-gantt>
    `;
  }

  /** Give every value at a point in words. */
  private spoken(index: number): string[] {
    return this.panels.flatMap((panel) =>
      panel.readings.flatMap((reading) => {
        const value = readAt(reading, index);
        return value === null ? [] : [`${reading.label} ${reading.say(value)}`];
      }),
    );
  }

  /** Say beside the read time why is done what is done then. */
  private renderTip(time: number): TemplateResult | typeof nothing {
    if (this.pointer.time === null) return nothing;
    const told = reasonsAt(this.message, time, this);
    if (told.length === 0) return nothing;
    const { from, to } = this.timeline;
    const after = time < (from + to) / 2;
    const { left, width } = this.space;
    const at = left + (width * (time - from)) / (to - from);
    const style = after ? { left: `${at + TIP_GAP}px` } : { right: `${this.width - at + TIP_GAP}px` };
    return html`<ul class="tip" aria-hidden="true" style=${styleMap(style)}>
      ${told.map(({ name, text }) => html`<li><b>${name}</b> ${text}</li>`)}
    </ul>`;
  }

  private renderToolbar(moment: string): TemplateResult {
    const { localize, hours, pointer } = this;
    const button = (choice: number | null, label: string): TemplateResult => html`
      <button
        type="button"
        aria-pressed=${String(!pointer.zoom && pointer.hours === choice)}
        @click=${() => pointer.choose(choice)}
      >
        ${label}
      </button>
    `;
    const hoursLabel = (count: number): string => localize("zoom.hours", { hours: count });
    return html`
      <div class="toolbar">
        <div class="moment">
          ${pointer.time === null ? html`${localize("time.now")} <small>${moment}</small>` : moment}
        </div>
        <div class="zoom" role="group" aria-label=${localize("zoom.label")}>
          ${ZOOM_HOURS.filter((choice) => choice < hours).map((choice) =>
            button(choice, hoursLabel(choice)),
          )}
          ${button(null, pointer.zoom ? localize("zoom.reset") : hoursLabel(hours))}
        </div>
      </div>
    `;
  }

  private renderPanel(panel: Panel, frame: PlotFrame, index: number): TemplateResult {
    const { pointer, timeline } = this;
    const dots =
      pointer.time === null ? nothing : renderDots(panel, frame, timeline, pointer.time, index);
    const strips =
      panel.id === "battery" ? renderStrips(this.message, this.space, this.localize) : nothing;
    return html`
      <section class="panel" data-panel=${panel.id}>
        <div class=${classMap({ legend: true, long: panel.readings.length > 2 })}>
          <h3>${panel.title} <span>${panel.unit}</span></h3>
          ${panel.readings.map((reading) => {
            const value = readAt(reading, index);
            return html`<span class="entry"
              ><i
                class="swatch ${reading.swatch}"
                style=${styleMap({ "--color": reading.color })}
              ></i
              >${reading.label} <b>${value === null ? "–" : reading.write(value)}</b></span
            >`;
          })}
        </div>
        ${strips}
        <div class="plot" style=${styleMap({ height: `${frame.height}px` })}>
          ${renderLines(timeline, frame, pointer)}
          <div class="canvas"></div>
          ${dots}
        </div>
      </section>
    `;
  }
}
