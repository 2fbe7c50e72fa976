/** The rows beneath the charts that show when devices run; programmes can be put elsewhere. */

import { LitElement, type PropertyValues, type TemplateResult, css, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import type { DirectiveResult } from "lit/directive.js";
import { styleMap } from "lit/directives/style-map.js";

import type { Format } from "../format";
import { type Block, type Row, SLACK_S, costAt, ganttRows, isMovable, placed } from "../gantt";
import type { HomeAssistant } from "../ha";
import { kindIcon, kindOf } from "../kinds";
import type { Localize } from "../localize";
import { svg } from "../modes";
import type { PlanMessage } from "../payload";
import { sentence } from "../reasons";
import { refusal } from "../refusal";
import { bidi } from "./bidi";

const STEP_S = 900;
/** A plan follows a wish within seconds; who waits longer sees the plan there is. */
const WAIT_MS = 60_000;

interface Moving {
  device: string;
  /** Where the block was. */
  from: number;
  to: number;
  /** Whether it was let go of, and the home is to say so. */
  sent: boolean;
}

export class ShemsPlanGantt extends LitElement {
  static override styles = css`
    ${bidi}
    :host {
      display: block;
      margin-top: 10px;
    }
    h3 {
      margin: 0 0 4px;
      font-size: 12px;
      line-height: 18px;
      font-weight: 500;
    }
    .row {
      display: grid;
      gap: 2px;
      margin: 0 var(--right) 6px var(--left);
      direction: ltr;
    }
    .name {
      display: flex;
      align-items: center;
      gap: 6px;
      font-size: 12px;
      line-height: 16px;
      color: var(--secondary-text-color);
    }
    .name svg {
      width: 14px;
      height: 14px;
      fill: currentColor;
    }
    .track {
      position: relative;
      height: 24px;
      border-radius: 6px;
      background: var(--shems-soft);
      overflow: hidden;
    }
    .block {
      all: unset;
      box-sizing: border-box;
      position: absolute;
      top: 0;
      bottom: 0;
      min-width: 6px;
      border-radius: 6px;
      background: var(--shems-mode-charge);
      cursor: default;
    }
    .block.proposed {
      background: repeating-linear-gradient(
        135deg,
        var(--shems-mode-hold) 0 6px,
        color-mix(in srgb, var(--shems-mode-hold) 60%, transparent) 6px 10px
      );
    }
    .block.movable {
      min-width: 24px;
      cursor: grab;
      touch-action: none;
      background: var(--shems-mode-cover);
    }
    .block.moving {
      cursor: grabbing;
      opacity: 0.75;
    }
    .block:focus-visible {
      outline: 2px solid var(--primary-text-color);
      outline-offset: -3px;
    }
    .now {
      position: absolute;
      top: 0;
      bottom: 0;
      width: 2px;
      background: var(--primary-color);
    }
    .told {
      min-height: 36px;
      margin: 4px 0 0;
      font-size: 13px;
      line-height: 18px;
      color: var(--secondary-text-color);
    }
    .told.failed {
      color: var(--error-color, #db4437);
    }
    @media (prefers-reduced-motion: no-preference) {
      .block.sent {
        transition: left 0.2s;
      }
    }
  `;

  @property({ attribute: false }) hass!: HomeAssistant;
  @property({ attribute: false }) message!: PlanMessage;
  @property({ attribute: false }) format!: Format;
  @property({ attribute: false }) localize!: Localize;
  @property({ type: Number }) from = 0;
  @property({ type: Number }) to = 0;

  @state() private moving: Moving | null = null;
  @state() private pointed: Block | null = null;
  @state() private failed = "";

  private grabbed: { x: number; width: number } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get("message") as PlanMessage | undefined;
    if (before && before.created !== this.message.created && this.moving?.sent) this.letGo();
  }

  protected override render(): TemplateResult | typeof nothing {
    const rows = ganttRows(this.message);
    if (rows.length === 0) return nothing;
    const { localize, failed } = this;
    return html`
      <h3>${localize("devices.title")}</h3>
      ${rows.map((row) => this.row(row))}
      <p class=${classMap({ told: true, failed: Boolean(failed) })} role="status">
        ${failed ? localize("device.failed", { message: failed }) : this.told()}
      </p>
    `;
  }

  private place(time: number): number {
    return (100 * (Math.min(this.to, Math.max(this.from, time)) - this.from)) / (this.to - this.from);
  }

  private row({ device, blocks }: Row): TemplateResult {
    const shown = blocks.filter((each) => each.end > this.from && each.start < this.to);
    const movable = shown.some((each) => isMovable(this.message, each));
    const words = shown.map((each) => this.words(each, each.start)).join("; ");
    return html`<div class="row">
      <div class="name">${svg(kindIcon(device.kind))} ${device.name}</div>
      <div
        class="track"
        role=${movable ? "group" : "img"}
        aria-label=${movable ? device.name : words || device.name}
      >
        ${shown.map((block) => (isMovable(this.message, block) ? this.handle(block) : this.block(block)))}
        <div class="now" style=${styleMap({ left: `${this.place(this.message.now)}%` })}></div>
      </div>
    </div>`;
  }

  private span(start: number, length: number): DirectiveResult {
    const left = this.place(start);
    return styleMap({ left: `${left}%`, width: `${this.place(start + length) - left}%` });
  }

  private block(block: Block): TemplateResult {
    return html`<div
      class=${classMap({ block: true, proposed: block.device.proposed })}
      style=${this.span(block.start, block.end - block.start)}
      @pointerenter=${() => (this.pointed = block)}
      @pointerleave=${this.unpoint}
    ></div>`;
  }

  /** Draw a block that can be put elsewhere. */
  private handle(block: Block): TemplateResult {
    const moved = this.isMoved(block) ? this.moving : null;
    const start = moved?.to ?? block.start;
    const classes = { block: true, movable: true, moving: Boolean(moved), sent: Boolean(moved?.sent) };
    const point = (): void => void (this.pointed = block);
    return html`<button
      class=${classMap(classes)}
      style=${this.span(start, block.end - block.start)}
      aria-label=${this.words(block, start)}
      @pointerenter=${point}
      @pointerleave=${this.unpoint}
      @focus=${point}
      @blur=${this.leave}
      @pointerdown=${(event: PointerEvent) => this.grab(event, block)}
      @pointermove=${(event: PointerEvent) => this.drag(event, block)}
      @pointerup=${() => this.drop(block)}
      @pointercancel=${this.leave}
      @keydown=${(event: KeyboardEvent) => this.key(event, block)}
    ></button>`;
  }

  private isMoved(block: Block): boolean {
    return this.moving?.device === block.device.id && this.moving.from === block.start;
  }

  /** Say which device runs when, for how much and why. */
  private words(block: Block, start: number): string {
    const { message, localize, format } = this;
    const end = start + block.end - block.start;
    const when = localize("time.span", {
      start: format.dayTime(start, message.now),
      end: format.dayTime(end, start),
    });
    const cost = start === block.start ? block.cost : costAt(message, block, start);
    const parts = [`${block.device.name}: ${when}`, format.energy(block.energy)];
    if (cost !== null) parts.push(format.money(cost));
    return parts.join(", ");
  }

  private told(): string {
    const { message, localize, format, moving } = this;
    const block = this.pointed;
    if (!block) return localize("gantt.help");
    const start = moving && this.isMoved(block) ? moving.to : block.start;
    const words = this.words(block, start);
    if (moving || !block.reason) return words;
    return `${words}. ${sentence(kindOf(block.reason), block.reason, localize, format, message.now)}`;
  }

  private unpoint = (): void => {
    if (!this.grabbed) this.pointed = null;
  };

  private leave = (): void => {
    this.grabbed = null;
    this.pointed = null;
    if (!this.moving?.sent) this.moving = null;
  };

  private grab(event: PointerEvent, block: Block): void {
    if (event.button !== 0 || this.moving?.sent) return;
    const target = event.currentTarget as HTMLElement;
    target.setPointerCapture(event.pointerId);
    this.grabbed = { x: event.clientX, width: target.parentElement!.clientWidth };
    this.pointed = block;
  }

  private drag(event: PointerEvent, block: Block): void {
    if (!this.grabbed) return;
    const { x, width } = this.grabbed;
    const wish = block.start + ((event.clientX - x) * (this.to - this.from)) / width;
    this.put(block, wish);
  }

  private drop(block: Block): void {
    if (!this.grabbed) return;
    this.grabbed = null;
    void this.send(block);
  }

  private key(event: KeyboardEvent, block: Block): void {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
    const step = steps[event.key];
    const at = this.isMoved(block) ? this.moving!.to : block.start;
    if (step !== undefined) this.put(block, at + step * STEP_S);
    else if (event.key === "Enter") void this.send(block);
    else if (event.key === "Escape") this.moving = null;
    else return;
    event.preventDefault();
  }

  private put(block: Block, wish: number): void {
    if (this.moving?.sent) return;
    const { device, start } = block;
    this.failed = "";
    this.moving = { device: device.id, from: start, to: placed(this.message, block, wish), sent: false };
  }

  /** Ask for the run where the block was put, and show it there until there is a new plan. */
  private async send({ device, start }: Block): Promise<void> {
    const { moving, message, hass } = this;
    if (!moving || moving.sent || moving.to === start) {
      if (moving && !moving.sent) this.moving = null;
      return;
    }
    this.moving = { ...moving, sent: true };
    this.timer = setTimeout(() => this.letGo(), WAIT_MS);
    const iso = (time: number): string => new Date(time * 1000).toISOString();
    const device_id = message.movable?.[device.id];
    try {
      await hass.callService("shems", "run_appliance", {
        device_id,
        // What nobody asked for by word is no request that could be moved.
        ...((device.asked ?? 0) > 0 ? { instead_of: iso(start) } : {}),
        earliest: iso(moving.to),
        deadline: iso(moving.to + (device.length_s ?? 0) + SLACK_S),
      });
    } catch (reason) {
      this.letGo();
      this.failed = refusal(reason, this.localize);
    }
  }

  private letGo(): void {
    clearTimeout(this.timer);
    this.moving = null;
  }
}
