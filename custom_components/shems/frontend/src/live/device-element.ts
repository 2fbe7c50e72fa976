/** One device: what it does and why, and what a person may have it do. */

import { LitElement, type PropertyValues, type TemplateResult, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";

import { palette } from "../card/palette";
import { cardStyle } from "../card/style";
import type { Format } from "../format";
import type { HomeAssistant } from "../ha";
import { kindIcon, kindOf } from "../kinds";
import { type Localize, hasText } from "../localize";
import { modeColor, modeKey, svg } from "../modes";
import { sentence } from "../reasons";
import { refusal } from "../refusal";
import { Control, type Shown, costOf } from "./control";
import { deviceStyle } from "./device-style";
import type { LiveDevice, LiveMessage } from "./payload";

export const DEVICE_TAG = "shems-device";

/** For how many hours something may be chosen; 0 is until it is changed. */
const HOURS = [0, 1, 3, 8];

export class ShemsDevice extends LitElement {
  static override styles = [palette, cardStyle, deviceStyle];

  @property({ attribute: false }) hass!: HomeAssistant;
  @property({ attribute: false }) message!: LiveMessage;
  @property({ attribute: false }) device!: LiveDevice;
  @property({ attribute: false }) format!: Format;
  @property({ attribute: false }) localize!: Localize;

  @state() private hours = 0;
  /** The mode that is asked about. */
  @state() private asking: string | null = null;

  private readonly control = new Control(this);

  protected override shouldUpdate(changed: PropertyValues): boolean {
    // `hass` is for what is pressed; nothing of it is shown.
    return changed.size !== 1 || !changed.has("hass");
  }

  /** A question takes the place of the modes, and they its: the keyboard goes along. */
  protected override updated(changed: PropertyValues): void {
    if (!changed.has("asking") || (!this.asking && !changed.get("asking"))) return;
    const next = this.asking ? ".confirm .no" : '.modes [aria-checked="true"], .modes button';
    this.renderRoot.querySelector<HTMLElement>(next)?.focus();
  }

  protected override render(): TemplateResult {
    const { device, localize, format, message } = this;
    const { reason } = device;
    const shown = this.control.shown(device);
    return html`<article aria-label=${device.name}>
      <div class="top">
        <span class="icon" style="--color:${modeColor(device.doing ?? "hold")}">
          ${svg(kindIcon(device.kind))}
        </span>
        <div>
          <h3>${device.name}</h3>
          <div class="does">${this.does()}</div>
        </div>
        <div class="power">
          ${device.power_kw === null ? nothing : format.power(Math.abs(device.power_kw))}
          ${device.level === null ? nothing : html`<small>${format.percent(device.level)}</small>`}
        </div>
      </div>
      ${
        reason
          ? html`<p class="why">${sentence(kindOf(reason), reason, localize, format, message.now)}</p>`
          : nothing
      }
      ${shown.mode === null ? nothing : this.controls(shown)}
    </article>`;
  }

  private does(): string {
    const { doing, modes } = this.device;
    if (doing === "run" || doing === "rest") return this.localize(`device.${doing}s`);
    if (doing !== null && hasText(modeKey(doing))) return this.localize(modeKey(doing));
    return modes.length === 0 ? this.localize("device.measured") : "";
  }

  private controls(shown: Shown): TemplateResult {
    const { device, localize, format, message } = this;
    const may = device.device_id !== null;
    const { failed } = this.control;
    return html`
      ${this.asking ? this.question(this.asking) : this.modes(shown, may)}
      <div class="row">
        ${
          shown.until === null
            ? nothing
            : html`<span>
                  ${localize("device.until", { time: format.dayTime(shown.until, message.now) })}
                </span>
                <button class="plain" ?disabled=${!may} @click=${this.release}>
                  ${localize("device.release")}
                </button>`
        }
        ${
          shown.armed
            ? this.durations(may)
            : html`<span>${localize("device.allow.help")}</span>
                <button class="plain" ?disabled=${!may} @click=${this.allow}>
                  ${localize("device.allow")}
                </button>`
        }
      </div>
      ${may ? nothing : html`<p class="why">${localize("device.forbidden")}</p>`}
      ${
        failed === null
          ? nothing
          : html`<p class="failed" role="alert">
              ${localize("device.failed", { message: refusal(failed, localize) })}
            </p>`
      }
    `;
  }

  private modes(shown: Shown, may: boolean): TemplateResult {
    const { device, localize } = this;
    return html`<div
      class="modes"
      data-count=${device.modes.length}
      role="radiogroup"
      aria-label=${localize("device.mode", { name: device.name })}
      @keydown=${this.move}
    >
      ${device.modes.map((mode) => {
        const pressed = mode === shown.mode;
        return html`<button
          role="radio"
          data-mode=${mode}
          aria-checked=${String(pressed)}
          tabindex=${pressed ? 0 : -1}
          ?disabled=${!may}
          @click=${() => this.pick(mode)}
        >
          ${localize(`device.mode.${mode}`)}
        </button>`;
      })}
    </div>`;
  }

  private durations(may: boolean): TemplateResult {
    const { localize } = this;
    const choose = (event: Event): void => {
      this.hours = Number((event.target as HTMLSelectElement).value);
    };
    return html`<label>
      ${localize("device.for")}
      <select ?disabled=${!may} @change=${choose}>
        ${HOURS.map(
          (hours) =>
            html`<option value=${hours} ?selected=${hours === this.hours}>
              ${localize(hours === 0 ? "device.for.always" : "device.for.hours", { hours })}
            </option>`,
        )}
      </select>
    </label>`;
  }

  private question(mode: string): TemplateResult {
    const { device, localize, format, message } = this;
    const { import_price: price } = message;
    const cost = costOf(device, mode) ?? "money";
    const words = localize(`device.confirm.${cost}`, {
      price: price === null ? "–" : format.price(price),
    });
    const answer = (yes: boolean): void => {
      this.asking = null;
      if (yes) this.choose(mode);
    };
    const escape = ({ key }: KeyboardEvent): void => {
      if (key === "Escape") answer(false);
    };
    return html`<div class="confirm" role="alertdialog" aria-label=${words} @keydown=${escape}>
      <p>${localize(`device.mode.${mode}`)}: ${words}</p>
      <div class="row">
        <button @click=${() => answer(true)}>${localize("device.confirm.yes")}</button>
        <button class="no" @click=${() => answer(false)}>${localize("device.confirm.no")}</button>
      </div>
    </div>`;
  }

  /** The arrow keys lead along the modes, as in every group of radio buttons. */
  private move = (event: KeyboardEvent): void => {
    const back = event.key === "ArrowLeft" || event.key === "ArrowUp";
    if (!back && event.key !== "ArrowRight" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const buttons = [...this.renderRoot.querySelectorAll<HTMLButtonElement>(".modes button")];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const rtl = getComputedStyle(this).direction === "rtl" && (/Left|Right/.exec(event.key));
    const step = back === !rtl ? -1 : 1;
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };

  private pick(mode: string): void {
    if (mode === this.control.shown(this.device).mode) return;
    if (costOf(this.device, mode)) this.asking = mode;
    else this.choose(mode);
  }

  private choose(mode: string): void {
    void this.control.choose(this.hass, this.device, mode, this.hours);
  }

  private release = (): void => void this.control.release(this.hass, this.device);

  private allow = (): void => void this.control.allow(this.hass, this.device);
}
