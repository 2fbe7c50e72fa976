/** What all cards about one home have in common: its configuration and the user's words. */

import { LitElement, type PropertyValues, type TemplateResult, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";

import { type Format, formatter } from "./format";
import type { CardConfig, HomeAssistant } from "./ha";
import { type Localize, isLoaded, loadWords, localizer } from "./localize";

export interface HomeCardConfig extends CardConfig {
  entry_id?: string;
  title?: string;
}

/** Knows which home it is about, and writes numbers as its user does. */
export abstract class HomeCard extends LitElement {
  static getConfigForm(): Record<string, unknown> {
    return {
      schema: [
        { name: "entry_id", selector: { config_entry: { integration: "shems" } } },
        { name: "title", selector: { text: {} } },
      ],
      computeLabel: ({ name }: { name: string }) =>
        localizer(document.documentElement.lang || "en")(`editor.${name}`),
    };
  }

  @property({ attribute: false }) hass?: HomeAssistant;

  @state() protected config?: HomeCardConfig;

  protected localize: Localize = localizer("en");
  protected format?: Format;
  private wordsKey = "";
  private cutOff = false;

  setConfig(config: HomeCardConfig): void {
    for (const name of ["entry_id", "title"] as const) {
      const value = config[name];
      if (value !== undefined && value !== null && typeof value !== "string")
        throw new Error(`${name} must be a text`);
    }
    this.config = config;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.hass || !this.config) return;
    if (changed.has("hass") || changed.has("config")) this.follow(this.hass, this.config);
    this.refreshWords(this.hass);
  }

  protected override shouldUpdate(changed: PropertyValues): boolean {
    // `hass` changes with every state in the house; none of that is shown here.
    if (changed.size !== 1 || !changed.has("hass")) return true;
    const before = changed.get("hass") as HomeAssistant | undefined;
    return (
      before?.connection !== this.hass?.connection ||
      before?.connected !== this.hass?.connected ||
      before?.locale !== this.hass?.locale ||
      before?.language !== this.hass?.language
    );
  }

  /** Tell, once, that a lost connection is back. */
  protected isBack({ connected = true }: HomeAssistant): boolean {
    const back = connected && this.cutOff;
    this.cutOff = !connected;
    return back;
  }

  /** Draw the card; where the connection is lost, what it shows is what was last known. */
  protected frame(content: TemplateResult, offline: boolean): TemplateResult {
    const lost = html`<span class="chip bad lost">${this.localize("status.offline")}</span>`;
    return html`<ha-card><div class="body">${offline ? lost : nothing}${content}</div></ha-card>`;
  }

  /** Ask for what the card shows, where that is another home's or connection's now. */
  protected abstract follow(hass: HomeAssistant, config: HomeCardConfig): void;

  /** The currency of what is shown. */
  protected abstract currency(): string;

  private refreshWords(hass: HomeAssistant): void {
    const currency = this.currency() || hass.config.currency || "";
    const key = JSON.stringify([hass.language, hass.locale, currency]);
    if (key === this.wordsKey) return;
    if (!isLoaded(hass.language)) {
      void loadWords(hass.language).then(() => this.requestUpdate());
      return;
    }
    this.wordsKey = key;
    this.localize = localizer(hass.language);
    this.format = formatter(hass, currency, hass.config.time_zone);
  }
}
