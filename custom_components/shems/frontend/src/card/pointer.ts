/** What the reader points at and how far the chart is zoomed, by mouse, touch or keys. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

import { type Timeline, axisIndex } from "../timeline";

/** The drawn time axis on the page. */
export interface Space {
  timeline: Timeline;
  /** Pixels from the element's left edge to the axis' beginning. */
  left: number;
  /** Pixels between the axis' ends. */
  width: number;
}

export interface Span {
  from: number;
  to: number;
}

const SMALLEST_ZOOM = 1800;
const DRAG_PIXELS = 6;
const TOUCH_READING_MS = 6000;
const JUMP = { normal: 2, far: 8 };

const ordered = (a: number, b: number): Span => ({ from: Math.min(a, b), to: Math.max(a, b) });

export class ChartPointer implements ReactiveController {
  /** The time that is read; null reads now. */
  time: number | null = null;
  /** The span being marked with the mouse. */
  marked: Span | null = null;
  /** The span to show; null shows the hours ahead. */
  zoom: Span | null = null;
  /** Hours ahead that the reader chose; null leaves it to the configuration. */
  hours: number | null = null;

  private markedFrom: number | null = null;
  private touchTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly space: () => Space,
    private readonly redraw: () => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.touchTimer);
  }

  /** Show so many hours ahead, or as many as configured. */
  choose(hours: number | null): void {
    this.zoom = null;
    this.hours = hours;
    this.redraw();
  }

  reset = (): void => this.choose(null);

  onMove = (event: PointerEvent): void => {
    this.time = this.timeAt(event);
    if (this.markedFrom !== null) this.marked = ordered(this.markedFrom, this.time);
    this.host.requestUpdate();
  };

  onDown = (event: PointerEvent): void => {
    clearTimeout(this.touchTimer);
    this.time = this.timeAt(event);
    this.host.requestUpdate();
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    this.markedFrom = this.time;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
  };

  onUp = (): void => {
    const { marked } = this;
    this.markedFrom = null;
    this.marked = null;
    this.host.requestUpdate();
    if (!marked) return;
    const { timeline, width } = this.space();
    const pixels = ((marked.to - marked.from) * width) / (timeline.to - timeline.from);
    if (pixels < DRAG_PIXELS || marked.to - marked.from < SMALLEST_ZOOM) return;
    this.zoom = marked;
    this.redraw();
  };

  onLeave = (event: PointerEvent): void => {
    if (event.pointerType !== "mouse") {
      // A lifted finger should leave time to read.
      this.touchTimer = setTimeout(this.forget, TOUCH_READING_MS);
    } else if (this.markedFrom === null) {
      this.forget();
    }
  };

  onKey = (event: KeyboardEvent): void => {
    const { x, from, to, now } = this.space().timeline;
    const index = axisIndex(x, this.time ?? now);
    const jump = event.shiftKey ? JUMP.far : JUMP.normal;
    const targets: Record<string, number | null | undefined> = {
      ArrowLeft: x[Math.max(0, index - jump)],
      ArrowRight: x[Math.min(x.length - 1, index + jump)],
      Home: from,
      End: to,
      Escape: null,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    if (target === null) this.reset();
    this.time = target === null ? null : Math.min(to, Math.max(from, target));
    this.host.requestUpdate();
  };

  private forget = (): void => {
    this.time = null;
    this.host.requestUpdate();
  };

  private timeAt(event: PointerEvent): number {
    const { timeline, left, width } = this.space();
    const edge = (event.currentTarget as HTMLElement).getBoundingClientRect().left;
    const share = (event.clientX - edge - left) / width;
    const time = timeline.from + (timeline.to - timeline.from) * share;
    return Math.min(timeline.to, Math.max(timeline.from, time));
  }
}
