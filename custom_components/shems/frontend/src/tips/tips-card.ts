/** The card that lists what could be done, with what it would bring. */

import { type PropertyValues, type TemplateResult, html, nothing } from "lit";
import { state } from "lit/decorators.js";

import { palette } from "../card/palette";
import { cardStyle } from "../card/style";
import type { Format } from "../format";
import type { HomeAssistant } from "../ha";
import { LiveCard } from "../live-card";
import { hasText } from "../localize";
import type { Args } from "../payload";
import { refusal } from "../refusal";
import { whatIfStyle } from "../what-if/style";
import type { Tip, TipState, TipsMessage } from "./payload";
import { tipsStyle } from "./style";

const PLACEHOLDER = /\{(\w+)\}/g;
const TONES = { minutes: "good", habit: "calm", errand: "warn" } as const;

type Saying = "done" | "snooze" | "dismiss" | "reopen" | "search";

/** What a tip is once something was said to it. */
const BECOMES: Partial<Record<Saying, TipState>> = {
  done: "done",
  snooze: "snoozed",
  dismiss: "dismissed",
  reopen: "open",
};

/** The texts about tips are the backend's: the to-do list says the same. */
const backendTexts = async (hass: HomeAssistant): Promise<Record<string, string>> => {
  const told = await hass.callWS<{ resources: Record<string, string> }>({
    type: "frontend/get_translations",
    language: hass.language,
    category: "common",
    integration: ["shems"],
  });
  return told.resources;
};

export class ShemsTipsCard extends LiveCard<TipsMessage> {
  static override styles = [palette, cardStyle, whatIfStyle, tipsStyle];

  @state() private texts: Record<string, string> = {};
  @state() private refused = "";
  /** What is said to a tip and not answered yet: it is shown as said. */
  @state() private said: { tip: string; state: TipState } | null = null;
  private language = "";

  constructor() {
    super("shems/tips/subscribe");
  }

  protected currency(): string {
    return this.feed.message?.currency ?? "";
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { hass } = this;
    if (!hass || hass.language === this.language) return;
    this.language = hass.language;
    void backendTexts(hass).then(
      (texts) => (this.texts = texts),
      () => (this.language = ""),
    );
  }

  protected override content(message: TipsMessage, format: Format): TemplateResult {
    const { localize } = this;
    const tips = message.tips.map((tip) =>
      tip.tip === this.said?.tip ? { ...tip, state: this.said.state } : tip,
    );
    const open = tips.filter((tip) => tip.state === "open");
    const others = tips.filter((tip) => tip.state !== "open");
    return html`
      <header><h2>${this.config?.title || localize("tips.title")}</h2></header>
      ${this.status(message, open.length)}
      ${this.refused ? html`<p role="alert" class="quiet">${this.refused}</p>` : nothing}
      ${open.map((tip) => this.tip(tip, message, format))}
      ${
        others.length > 0
          ? html`<details>
              <summary>${localize("tips.others", { count: String(others.length) })}</summary>
              ${others.map((tip) => this.tip(tip, message, format))}
            </details>`
          : nothing
      }
    `;
  }

  private status(message: TipsMessage, count: number): TemplateResult {
    const { localize } = this;
    const wrong = `problem.${message.problem?.code}`;
    const text = message.searching
      ? "tips.searching"
      : message.problem
        ? hasText(wrong)
          ? wrong
          : "problem.tips_failed"
        : message.searched === null
          ? "tips.never"
          : count === 0
            ? "tips.none"
            : "";
    return html`
      ${text ? html`<p class="quiet">${localize(text, message.problem?.args)}</p>` : nothing}
      ${
        message.may_say && !message.searching
          ? html`<div class="actions">
              <button class="plain" @click=${() => this.say("search")}>
                ${localize("tips.search")}
              </button>
            </div>`
          : nothing
      }
    `;
  }

  private tip(tip: Tip, message: TipsMessage, format: Format): TemplateResult {
    const { localize } = this;
    const { low, median, high } = tip.value;
    const button = (saying: Saying): TemplateResult =>
      html`<button class="plain" @click=${() => this.say(saying, tip.tip)}>
        ${localize(`tips.${saying}`)}
      </button>`;
    return html`<article>
      <header>
        <h3>${this.text(tip, "title", format)}</h3>
        <span class="worth">${localize("tips.worth", { value: format.money(median) })}</span>
      </header>
      <p>${this.text(tip, "text", format)}</p>
      <p>${this.text(tip, "how", format)}</p>
      <p class="quiet">
        ${localize("tips.interval", {
          low: format.money(low),
          high: format.money(high),
          confidence: format.percent(tip.confidence),
        })}
      </p>
      <div class="actions">
        <span class="chip ${TONES[tip.effort]}">${localize(`tips.effort.${tip.effort}`)}</span>
        ${
          message.may_say
            ? tip.state === "open"
              ? html`${button("done")}${button("snooze")}${button("dismiss")}`
              : button("reopen")
            : nothing
        }
      </div>
    </article>`;
  }

  /** Say what the backend's texts say, with numbers as the user writes them. */
  private text(tip: Tip, part: string, format: Format): string {
    const text = this.texts[`component.shems.common.tip_${tip.code}_${part}`];
    if (text === undefined) return part === "title" ? tip.code.replaceAll("_", " ") : "";
    return text.replace(PLACEHOLDER, (place, name: string) => this.written(tip, name, place, format));
  }

  private written(tip: Tip, name: string, place: string, format: Format): string {
    const args: Args = tip.args;
    const value = args[name];
    if (name === "since" && tip.since !== null)
      return new Date(tip.since * 1000).toLocaleDateString(this.hass?.locale.language);
    if (typeof value === "number") return format.brief(value);
    return value ?? place;
  }

  private async say(saying: Saying, tip?: string): Promise<void> {
    const { hass, feed } = this;
    if (!hass || !feed.message) return;
    const state = BECOMES[saying];
    this.refused = "";
    this.said = tip && state ? { tip, state } : null;
    try {
      await hass.callWS({
        type: "call_service",
        domain: "shems",
        service: "tip",
        service_data: { config_entry_id: feed.message.entry_id, do: saying, ...(tip ? { tip } : {}) },
      });
    } catch (reason) {
      this.refused = refusal(reason, this.localize);
    }
    // The home tells of what was said before it answers.
    this.said = null;
  }
}
