/** The card that asks what a year with something changed would bring. */

import { type TemplateResult, html, nothing } from "lit";
import { state } from "lit/decorators.js";

import { palette } from "../card/palette";
import { cardStyle } from "../card/style";
import type { Format } from "../format";
import { LiveCard } from "../live-card";
import { sentence } from "../reasons";
import { refusal } from "../refusal";
import { renderAnswer } from "./answer";
import type { Stage, WhatIfMessage } from "./payload";
import { type Field, QUESTIONS, type QuestionKind, type Range, usual } from "./questions";
import { whatIfStyle } from "./style";

const RUNNING: Stage[] = ["reading", "playing"];

const KIND: Record<string, QuestionKind | undefined> = Object.fromEntries(
  QUESTIONS.map((each) => [each.name, each]),
);

/** Write a field's value with its unit. */
const shown = (field: Range, value: number, format: Format): string => {
  if (field.unit === "price") return format.price(value);
  if (field.unit === "money") return format.money(value);
  if (field.unit === "clock") return `${value}:00`;
  const number = format.number(value, Number.isInteger(value) ? 0 : 1);
  return field.unit === "days" ? number : `${number} ${field.unit}`;
};

export class ShemsWhatIfCard extends LiveCard<WhatIfMessage> {
  static override styles = [palette, cardStyle, whatIfStyle];

  @state() private kind: QuestionKind = QUESTIONS[0]!;
  @state() private entered: Record<string, number | string> = usual(QUESTIONS[0]!);
  @state() private price: number | null = null;
  /** Why the last question was not taken. */
  @state() private refused = "";

  constructor() {
    super("shems/what_if/subscribe");
  }

  protected currency(): string {
    return this.feed.message?.currency ?? "";
  }

  protected override content(message: WhatIfMessage, format: Format): TemplateResult {
    const { localize } = this;
    const running = RUNNING.includes(message.stage);
    return html`
      <header><h2>${this.config?.title || localize("what_if.title")}</h2></header>
      ${message.may_ask ? this.form(running, format) : nothing} ${this.outcome(message, format)}
    `;
  }

  private form(running: boolean, format: Format): TemplateResult {
    const { localize, kind } = this;
    return html`
      <form @submit=${this.ask}>
        <label>
          ${localize("what_if.question")}
          <select name="question" @change=${this.choose} ?disabled=${running}>
            ${QUESTIONS.map(
              ({ name }) =>
                html`<option value=${name} ?selected=${name === kind.name}>
                  ${localize(`what_if.question.${name}`)}
                </option>`,
            )}
          </select>
        </label>
        ${kind.fields.map((field) => this.field(field, running, format))}
        ${
          kind.bought
            ? html`<label>
                ${localize("what_if.price")} (${format.currencySymbol})
                <input
                  type="number"
                  name="price"
                  min="0"
                  step="any"
                  placeholder="–"
                  .value=${this.price === null ? "" : String(this.price)}
                  @input=${this.enterPrice}
                  ?disabled=${running}
                />
              </label>`
            : nothing
        }
        <div class="actions">
          ${
            running
              ? html`<button type="button" class="plain" @click=${this.cancel}>
                    ${localize("what_if.cancel")}
                  </button>
                  ${this.progress()}`
              : html`<button type="submit">${localize("what_if.ask")}</button>`
          }
        </div>
      </form>
    `;
  }

  private progress(): TemplateResult {
    const { localize } = this;
    const { stage, progress } = this.feed.message!;
    return html`<progress
        max="1"
        .value=${progress}
        aria-label=${localize("what_if.progress")}
      ></progress>
      <span class="quiet" role="status">
        ${
          stage === "reading"
            ? localize("what_if.reading")
            : localize("what_if.playing", { percent: Math.round(100 * progress) })
        }
      </span>`;
  }

  private field(field: Field, running: boolean, format: Format): TemplateResult {
    const { localize } = this;
    const value = this.entered[field.name] ?? field.usual;
    const enter = (event: Event): void => this.enter(field, event);
    if (field.kind === "choice")
      return html`<label>
        ${localize(`what_if.field.${field.name}`)}
        <select name=${field.name} @change=${enter} ?disabled=${running}>
          ${field.options.map(
            (each) =>
              html`<option value=${each} ?selected=${each === value}>
                ${localize(`what_if.option.${each}`)}
              </option>`,
          )}
        </select>
      </label>`;
    return html`<label>
      ${localize(`what_if.field.${field.name}`)}
      <output>${shown(field, Number(value), format)}</output>
      <input
        type="range"
        name=${field.name}
        min=${field.low}
        max=${field.high}
        step=${field.step}
        style="--at:${(100 * (Number(value) - field.low)) / (field.high - field.low)}%"
        .value=${String(value)}
        @input=${enter}
        ?disabled=${running}
      />
    </label>`;
  }

  private outcome(message: WhatIfMessage, format: Format): TemplateResult | typeof nothing {
    const { localize } = this;
    const words = { localize, format };
    if (this.refused) return html`<p class="quiet" role="alert">${this.refused}</p>`;
    if (message.stage === "failed")
      return html`<div class="notice bad" role="alert">
        <p>${sentence("problem", message.problem, localize, format, Date.now() / 1000)}</p>
      </div>`;
    if (message.stage === "cancelled")
      return html`<p class="quiet" role="status">${localize("what_if.cancelled")}</p>`;
    return message.answer
      ? html`<section aria-live="polite">${renderAnswer(message.answer, words)}</section>`
      : nothing;
  }

  private choose = (event: Event): void => {
    this.kind = KIND[(event.target as HTMLSelectElement).value] ?? this.kind;
    this.entered = usual(this.kind);
  };

  private enter(field: Field, event: Event): void {
    const { value } = event.target as HTMLInputElement | HTMLSelectElement;
    const entered = field.kind === "choice" ? value : Number(value);
    this.entered = { ...this.entered, [field.name]: entered };
  }

  private enterPrice = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    this.price = value === "" || Number.isNaN(Number(value)) ? null : Number(value);
  };

  private ask = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { kind, entered, price } = this;
    const priced = kind.bought && price !== null ? { price } : {};
    await this.send({ type: "shems/what_if/begin", question: { ...kind.asked(entered), ...priced } });
  };

  private cancel = (): Promise<void> => this.send({ type: "shems/what_if/cancel" });

  private async send(message: Record<string, unknown>): Promise<void> {
    this.refused = "";
    const home = this.config?.entry_id ? { entry_id: this.config.entry_id } : {};
    try {
      await this.hass?.callWS({ ...message, ...home });
    } catch (reason) {
      this.refused = refusal(reason, this.localize);
    }
  }
}
