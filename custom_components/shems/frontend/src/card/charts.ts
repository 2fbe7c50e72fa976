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

import { modeRuns } from "../actions";
import type { Format } from "../format";
import type { Localize } from "../localize";
import { modeColor, modeKey, modeSvg } from "../modes";
import type { PlanMessage } from "../payload";
import { type Timeline, axisIndex, buildTimeline } from "../timeline";
import { chartsStyle } from "./charts-style";
import { readPalette } from "./colors";
import { type Panel, buildPanels, readAt } from "./panels";
import { LABEL_HEIGHT, type PlotFrame, drawPanel, valueTop } from "./plot";
import { type TimeTick, timeTicks } from "./ticks";

const NARROW = 480;
const GUTTER = { wide: { left: 44, right: 12 }, narrow: { left: 36, right: 4 } };
const SMALLEST_ZOOM = 1800;
const DRAG_PIXELS = 6;
const LETTER_WIDTH = 5.6;
const ICON_WIDTH = 20;
const TOUCH_READING_MS = 6000;

interface Drag {
  from: number;
  to: number;
}

export class ShemsPlanCharts extends LitElement {
  static override styles = [unsafeCSS(plotStyle), chartsStyle];

  @property({ attribute: false }) message!: PlanMessage;
  @property({ attribute: false }) format!: Format;
  @property({ attribute: false }) localize!: Localize;
  @property({ type: Number }) hours = 36;
  /** Changes whenever colours may have changed. */
  @property() theme = "";

  @state() private width = 0;
  @state() private pointed: number | null = null;
  @state() private drag: Drag | null = null;
  @state() private zoom: [number, number] | null = null;
  @state() private zoomHours: number | null = null;
  @state() private failed = false;

  @queryAll(".canvas") private canvases!: NodeListOf<HTMLElement>;

  private timeline!: Timeline;
  private panels: Panel[] = [];
  private ticks: TimeTick[] = [];
  private plots: uPlot[] = [];
  private dragStart: number | null = null;
  private touchTimer: ReturnType<typeof setTimeout> | undefined;

  private readonly resize = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width !== this.width) this.width = width;
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
    clearTimeout(this.touchTimer);
    this.clear();
    this.width = 0;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.width === 0 || !drawingInput(changed)) return;
    this.style.setProperty("--left", `${this.gutter.left}px`);
    this.style.setProperty("--right", `${this.gutter.right}px`);
    const shown = this.zoomHours ?? this.hours;
    this.timeline = buildTimeline(this.message, shown);
    if (this.zoom) [this.timeline.from, this.timeline.to] = this.zoom;
    this.panels = buildPanels(this.timeline, readPalette(this), this.localize, this.format);
    const { from, to } = this.timeline;
    this.ticks = timeTicks(from, to, this.innerWidth, this.format, this.narrow ? 42 : 56);
  }

  protected override updated(changed: PropertyValues): void {
    if (this.width > 0 && drawingInput(changed)) this.draw();
  }

  private get narrow(): boolean {
    return this.width < NARROW;
  }

  private get gutter(): { left: number; right: number } {
    return this.narrow ? GUTTER.narrow : GUTTER.wide;
  }

  private get innerWidth(): number {
    return Math.max(1, this.width - this.gutter.left - this.gutter.right);
  }

  private clear(): void {
    this.plots.forEach((plot) => plot.destroy());
    this.plots = [];
  }

  private frame(index: number): PlotFrame {
    const labels = index === this.panels.length - 1;
    const height = this.panels[index]?.height ?? 100;
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
    try {
      this.plots = this.panels.flatMap((panel, index) => {
        const element = this.canvases[index];
        return element
          ? [
              drawPanel(
                element,
                panel,
                this.timeline,
                this.frame(index),
                palette,
                this.format.number,
              ),
            ]
          : [];
      });
      this.failed = false;
    } catch {
      // A browser without canvas: the table still tells everything.
      this.failed = true;
    }
    this.toggleAttribute("drawn", !this.failed && this.plots.length > 0);
  }

  /** Place of a time in percent of the drawn width. */
  private place(time: number): number {
    const { from, to } = this.timeline;
    return (100 * (time - from)) / (to - from);
  }

  private timeAt(event: PointerEvent): number {
    const stack = event.currentTarget as HTMLElement;
    const x = event.clientX - stack.getBoundingClientRect().left - this.gutter.left;
    const { from, to } = this.timeline;
    return Math.min(to, Math.max(from, from + ((to - from) * x) / this.innerWidth));
  }

  private onMove = (event: PointerEvent): void => {
    const time = this.timeAt(event);
    this.pointed = time;
    if (this.dragStart !== null) this.drag = { from: this.dragStart, to: time };
  };

  private onDown = (event: PointerEvent): void => {
    clearTimeout(this.touchTimer);
    this.pointed = this.timeAt(event);
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    this.dragStart = this.pointed;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };

  private onUp = (): void => {
    const { drag } = this;
    this.dragStart = null;
    this.drag = null;
    if (!drag) return;
    const [from, to] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
    const { from: shownFrom, to: shownTo } = this.timeline;
    const pixels = ((to - from) * this.innerWidth) / (shownTo - shownFrom);
    if (pixels >= DRAG_PIXELS && to - from >= SMALLEST_ZOOM) this.zoom = [from, to];
  };

  private onLeave = (event: PointerEvent): void => {
    if (event.pointerType !== "mouse") {
      // A lifted finger should leave time to read.
      this.touchTimer = setTimeout(() => (this.pointed = null), TOUCH_READING_MS);
    } else if (this.dragStart === null) {
      this.pointed = null;
    }
  };

  private onKey = (event: KeyboardEvent): void => {
    const { x, from, to, now } = this.timeline;
    const index = axisIndex(x, this.pointed ?? now);
    const jump = event.shiftKey ? 8 : 2;
    const moves: Record<string, () => number | null> = {
      ArrowLeft: () => x[Math.max(0, index - jump)] ?? null,
      ArrowRight: () => x[Math.min(x.length - 1, index + jump)] ?? null,
      Home: () => from,
      End: () => to,
      Escape: () => null,
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    if (event.key === "Escape") this.reset();
    const time = move();
    this.pointed = time === null ? null : Math.min(to, Math.max(from, time));
  };

  private reset = (): void => {
    this.zoom = null;
    this.zoomHours = null;
  };

  protected override render(): TemplateResult {
    if (this.width === 0) return html`<div class="stack"></div>`;
    const { now, from, to } = this.timeline;
    const time = this.pointed ?? now;
    const index = axisIndex(this.timeline.x, time);
    const texts = this.panels.flatMap((panel) =>
      panel.readings.map((reading) => {
        const value = readAt(reading, index);
        return value === null ? "" : `${reading.label} ${reading.say(value)}`;
      }),
    );
    const moment = this.format.dayTime(time, now);
    return html`
      ${this.renderToolbar(moment)}
      ${this.failed ? html`<p class="failed">${this.localize("error.draw")}</p>` : nothing}
      <div
        class="stack"
        tabindex="0"
        role="slider"
        aria-label=${this.localize("aria.chart", {
          start: this.format.dayTime(from, now),
          end: this.format.dayTime(to, now),
        })}
        aria-valuemin=${Math.round(from)}
        aria-valuemax=${Math.round(to)}
        aria-valuenow=${Math.round(time)}
        aria-valuetext=${[moment, ...texts.filter(Boolean)].join(", ")}
        @pointermove=${this.onMove}
        @pointerdown=${this.onDown}
        @pointerup=${this.onUp}
        @pointercancel=${this.onUp}
        @pointerleave=${this.onLeave}
        @dblclick=${this.reset}
        @keydown=${this.onKey}
      >
        ${this.panels.map((panel, i) => this.renderPanel(panel, i, index))}
      </div>
    `;
  }

  private renderToolbar(moment: string): TemplateResult {
    const { localize, hours } = this;
    const choices = [6, 12, 24].filter((choice) => choice < hours);
    const choose = (choice: number | null) => (): void => {
      this.zoom = null;
      this.zoomHours = choice;
    };
    const button = (choice: number | null, label: string): TemplateResult => html`
      <button
        type="button"
        aria-pressed=${String(!this.zoom && this.zoomHours === choice)}
        @click=${choose(choice)}
      >
        ${label}
      </button>
    `;
    return html`
      <div class="toolbar">
        <div class="moment">
          ${this.pointed === null ? localize("time.now") : nothing}
          ${this.pointed === null ? html`<small>${moment}</small>` : moment}
        </div>
        <div class="zoom" role="group" aria-label=${localize("zoom.label")}>
          ${choices.map((choice) => button(choice, localize("zoom.hours", { hours: choice })))}
          ${
            this.zoom
              ? html`<button type="button" @click=${this.reset}>${localize("zoom.reset")}</button>`
              : button(null, localize("zoom.hours", { hours }))
          }
        </div>
      </div>
    `;
  }

  private renderPanel(panel: Panel, order: number, index: number): TemplateResult {
    const frame = this.frame(order);
    return html`
      <section class="panel" data-panel=${panel.id}>
        <div class=${classMap({ legend: true, long: panel.readings.length > 2 })}>
          <h3>${panel.title}<span>${panel.unit}</span></h3>
          ${panel.readings.map((reading) => {
            const value = readAt(reading, index);
            return html`<span class="entry"
              ><i class="swatch ${reading.swatch}" style="--color:${reading.color}"></i
              >${reading.label}<b>${value === null ? "–" : reading.write(value)}</b></span
            >`;
          })}
        </div>
        ${panel.id === "battery" ? this.renderStrips() : nothing}
        <div class="plot" style=${styleMap({ height: `${frame.height}px` })}>
          ${this.renderOver(frame)}
          <div class="canvas"></div>
          ${this.pointed === null ? nothing : this.renderDots(panel, frame, index)}
        </div>
      </section>
    `;
  }

  private renderOver(frame: PlotFrame): TemplateResult {
    const { now } = this.timeline;
    const { drag } = this;
    const left = (time: number): Record<string, string> => ({ left: `${this.place(time)}%` });
    const selection = drag && {
      left: `${this.place(Math.min(drag.from, drag.to))}%`,
      width: `${Math.abs(this.place(drag.to) - this.place(drag.from))}%`,
    };
    return html`
      <div class=${classMap({ over: true, labelled: frame.labels })} aria-hidden="true">
        <div class="past" style=${styleMap({ width: `${Math.max(0, this.place(now))}%` })}></div>
        ${this.ticks
          .filter((tick) => tick.midnight)
          .map((tick) => html`<div class="midnight" style=${styleMap(left(tick.time))}></div>`)}
        <div class="now" style=${styleMap(left(now))}></div>
        ${
          this.pointed === null
            ? nothing
            : html`<div class="cursor" style=${styleMap(left(this.pointed))}></div>`
        }
        ${selection ? html`<div class="selection" style=${styleMap(selection)}></div>` : nothing}
      </div>
    `;
  }

  private renderDots(panel: Panel, frame: PlotFrame, index: number): TemplateResult {
    return html`
      <div class="over dots" aria-hidden="true">
        ${panel.readings.map((reading) => {
          const value = reading.dot ? readAt(reading, index) : null;
          if (value === null) return nothing;
          return html`<div
            class="dot"
            style=${styleMap({
              left: `${this.place(this.pointed ?? 0)}%`,
              top: `${valueTop(panel, frame, value)}px`,
              "--color": reading.color,
            })}
          ></div>`;
        })}
      </div>
    `;
  }

  /** Draw one row per battery that shows its modes by colour and, where there is room, by name. */
  private renderStrips(): TemplateResult {
    const { from, to, now } = this.timeline;
    return html`
      <div class="strips" aria-hidden="true">
        ${this.message.batteries.map(
          (battery) => html`
            <div class="strip">
              ${modeRuns(this.message, battery)
                .filter((run) => run.end > from && run.start < to)
                .map((run) => {
                  const left = Math.max(0, this.place(Math.max(run.start, from)));
                  const width = Math.min(100, this.place(run.end)) - left;
                  const label = this.localize(modeKey(run.mode));
                  const pixels = (width * this.innerWidth) / 100;
                  const narrow = pixels < label.length * LETTER_WIDTH + 12;
                  const icon = narrow && pixels >= ICON_WIDTH;
                  return html`<span
                    class=${classMap({ run: true, narrow })}
                    title=${label}
                    style=${styleMap({
                      left: `${left}%`,
                      width: `${width}%`,
                      "--color": modeColor(run.mode),
                    })}
                    >${icon ? modeSvg(run.mode) : narrow ? nothing : label}</span
                  >`;
                })}
              <div class="now" style=${styleMap({ left: `${this.place(now)}%` })}></div>
            </div>
          `,
        )}
      </div>
    `;
  }
}

/** Tell whether a change calls for new drawings, not only for a moved cursor. */
const drawingInput = (changed: PropertyValues): boolean =>
  ["message", "format", "localize", "hours", "theme", "width", "zoom", "zoomHours"].some((name) =>
    changed.has(name),
  );
