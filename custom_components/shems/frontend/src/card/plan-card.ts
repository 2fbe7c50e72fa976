/** The card that shows the plan of one home. */

import { LitElement, type PropertyValues, type TemplateResult, html, nothing } from "lit";
import { property, state } from "lit/decorators.js";

import { PlanFeed } from "../feed";
import { type Format, formatter } from "../format";
import type { CardConfig, HomeAssistant } from "../ha";
import { type Localize, isLoaded, loadWords, localizer } from "../localize";
import { hasSteps } from "../payload";
import { ShemsPlanCharts } from "./charts";
import { renderDevices } from "./devices";
import { ShemsPlanGantt } from "./gantt";
import { palette } from "./palette";
import {
  renderError,
  renderFigures,
  renderFooter,
  renderHeader,
  renderNext,
  renderNotice,
  renderSkeleton,
  renderWaiting,
} from "./parts";
import { cardStyle } from "./style";

export const CHARTS_TYPE = "shems-plan-charts";
const GANTT_TYPE = "shems-plan-gantt";

const DEFAULT_HOURS = 36;
const HOURS = { min: 6, max: 72 };

export interface PlanCardConfig extends CardConfig {
  entry_id?: string;
  hours?: number;
  title?: string;
}

/** Speak the language of the page, where no `hass` is at hand. */
const pageLocalizer = (): Localize => localizer(document.documentElement.lang || "en");

export class ShemsPlanCard extends LitElement {
  static override styles = [palette, cardStyle];

  static getConfigForm(): Record<string, unknown> {
    return {
      schema: [
        { name: "entry_id", selector: { config_entry: { integration: "shems" } } },
        { name: "title", selector: { text: {} } },
        {
          name: "hours",
          default: DEFAULT_HOURS,
          selector: { number: { ...HOURS, step: 6, mode: "slider", unit_of_measurement: "h" } },
        },
      ],
      computeLabel: ({ name }: { name: string }) => pageLocalizer()(`editor.${name}`),
      assertConfig: checkConfig,
    };
  }

  @property({ attribute: false }) hass?: HomeAssistant;
  @property({ type: Boolean }) preview = false;

  @state() private config?: PlanCardConfig;
  @state() private tableOpen = false;

  private readonly feed = new PlanFeed(this);
  private localize: Localize = localizer("en");
  private format?: Format;
  private wordsKey = "";

  setConfig(config: PlanCardConfig): void {
    checkConfig(config);
    this.config = config;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.hass || !this.config) return;
    if (changed.has("hass") || changed.has("config")) {
      this.feed.follow(this.hass, this.config.entry_id || undefined);
    }
    this.refreshWords(this.hass);
  }

  /** Renew the formats only when what they depend on changes, so that the chart is kept. */
  private refreshWords(hass: HomeAssistant): void {
    const { currency = "", time_zone: zone = "" } = this.feed.message ?? {};
    const key = JSON.stringify([hass.language, hass.locale, currency, zone]);
    if (key === this.wordsKey) return;
    if (!isLoaded(hass.language)) {
      void loadWords(hass.language).then(() => this.requestUpdate());
      return;
    }
    this.wordsKey = key;
    this.localize = localizer(hass.language);
    this.format = formatter(hass, currency || hass.config.currency || "", zone);
  }

  protected override shouldUpdate(changed: PropertyValues): boolean {
    // `hass` changes with every state in the house; almost none of that is shown here.
    if (changed.size !== 1 || !changed.has("hass")) return true;
    const before = changed.get("hass") as HomeAssistant | undefined;
    const { hass } = this;
    return (
      !hass ||
      before?.connection !== hass.connection ||
      before.locale !== hass.locale ||
      before.language !== hass.language ||
      before.themes !== hass.themes ||
      before.selectedTheme !== hass.selectedTheme
    );
  }

  private onToggle = (event: Event): void => {
    this.tableOpen = (event.currentTarget as HTMLDetailsElement).open;
  };

  /** Name the theme, so that the chart reads its colours anew when it changes. */
  private get theme(): string {
    const { themes, selectedTheme } = this.hass ?? {};
    return JSON.stringify([themes?.darkMode, themes?.theme, selectedTheme]);
  }

  protected override render(): TemplateResult {
    return html`<ha-card>${this.renderBody()}</ha-card>`;
  }

  private renderBody(): TemplateResult {
    const { config, format, localize, feed } = this;
    const { message, error, offline } = feed;
    if (!config || !format) return renderSkeleton(localize);
    if (!message)
      return error ? renderError(error, feed.retry, localize) : renderSkeleton(localize);
    const words = { localize, format };
    const title = config.title || message.title || localize("card.title");
    const header = renderHeader(message, title, offline, words);
    if (!hasSteps(message)) {
      return html`<div class="body">${header}${renderWaiting(message, words)}</div>`;
    }
    return html`
      <div class="body">
        ${header} ${renderNotice(message, offline, words)} ${renderFigures(message, words)}
        <div class="content">
          <shems-plan-charts
            .hass=${this.hass}
            .message=${message}
            .format=${format}
            .localize=${localize}
            .hours=${config.hours ?? DEFAULT_HOURS}
            .theme=${this.theme}
          ></shems-plan-charts>
          ${renderNext(message, words)}${renderDevices(message, words)}
        </div>
        ${this.preview ? nothing : renderFooter(message, this.tableOpen, this.onToggle, words)}
      </div>
    `;
  }
}

if (!customElements.get(CHARTS_TYPE)) customElements.define(CHARTS_TYPE, ShemsPlanCharts);
if (!customElements.get(GANTT_TYPE)) customElements.define(GANTT_TYPE, ShemsPlanGantt);

/** Refuse a configuration that cannot be drawn, in words for its author. */
function checkConfig(config: PlanCardConfig): void {
  const { hours, entry_id: entryId, title } = config;
  const inRange = typeof hours === "number" && hours >= HOURS.min && hours <= HOURS.max;
  if (hours !== undefined && hours !== null && !inRange) {
    throw new Error(`hours must be a number from ${HOURS.min} to ${HOURS.max}`);
  }
  if (entryId !== undefined && entryId !== null && typeof entryId !== "string") {
    throw new Error("entry_id must be a text");
  }
  if (title !== undefined && title !== null && typeof title !== "string") {
    throw new Error("title must be a text");
  }
}
