/** The card that lists the alerts that last, each with a button to acknowledge it. */

import { type TemplateResult, css, html, nothing } from "lit";
import { state } from "lit/decorators.js";

import { palette } from "../card/palette";
import { cardStyle } from "../card/style";
import type { Format } from "../format";
import { LiveCard } from "../live-card";
import { refusal } from "../refusal";
import { whatIfStyle } from "../what-if/style";
import type { AlertMessage, AlertsMessage } from "./payload";

/** What may harm somebody or something at once. */
const URGENT = ["fuse", "freezer_off", "outage_reserve", "grid_outage"];

const alertsStyle = css`
  .alerts {
    display: grid;
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .alerts li {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 8px 12px;
    padding: 12px;
    border-radius: 12px;
    background: color-mix(in srgb, var(--tone) 12%, transparent);
    border-inline-start: 4px solid var(--tone);
  }
  .alerts div {
    flex: 1 1 220px;
    min-width: 0;
    font-size: 14px;
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  .alerts h3 {
    margin: 0;
    font-size: 14px;
    line-height: 20px;
    font-weight: 500;
  }
  .alerts p {
    margin: 0;
  }
`;

export class ShemsAlertsCard extends LiveCard<AlertsMessage> {
  static override styles = [palette, cardStyle, whatIfStyle, alertsStyle];

  /** Why the last acknowledgement was not taken. */
  @state() private refused = "";

  constructor() {
    super("shems/alerts/subscribe");
  }

  protected currency(): string {
    return "";
  }

  protected override content(message: AlertsMessage, format: Format): TemplateResult {
    const { localize } = this;
    const open = message.alerts.filter((each) => !each.acknowledged).length;
    return html`
      <header>
        <h2>${this.config?.title || localize("alerts.title")}</h2>
        ${
          message.may_acknowledge && open > 1
            ? html`<button class="plain" @click=${() => this.acknowledge()}>
                ${localize("alerts.acknowledge_all")}
              </button>`
            : nothing
        }
      </header>
      ${
        message.alerts.length === 0
          ? html`<p class="quiet">${localize("alerts.none")}</p>`
          : html`<ul class="alerts">
              ${message.alerts.map((each) => this.alert(each, message, format))}
            </ul>`
      }
      ${this.refused ? html`<p class="quiet" role="alert">${this.refused}</p>` : nothing}
    `;
  }

  private alert(alert: AlertMessage, message: AlertsMessage, format: Format): TemplateResult {
    const { localize } = this;
    const tone = alert.acknowledged ? "calm" : URGENT.includes(alert.code) ? "bad" : "warn";
    const raised = Date.parse(alert.raised) / 1000;
    return html`<li class=${tone}>
      <div>
        <h3>${alert.title}</h3>
        <p>${alert.message}</p>
        <p class="quiet">
          ${localize("alerts.since", { time: format.dayTime(raised, Date.now() / 1000) })}
          ${alert.acknowledged ? localize("alerts.acknowledged") : nothing}
          ${alert.muted ? localize("alerts.muted") : nothing}
        </p>
      </div>
      ${
        message.may_acknowledge && !alert.acknowledged
          ? html`<button
              class="plain"
              aria-label=${localize("alerts.acknowledge_one", { title: alert.title })}
              @click=${() => this.acknowledge(alert.alert)}
            >
              ${localize("alerts.acknowledge")}
            </button>`
          : nothing
      }
    </li>`;
  }

  private async acknowledge(alert?: string): Promise<void> {
    const { hass, feed } = this;
    if (!hass || !feed.message) return;
    this.refused = "";
    try {
      await hass.callWS({
        type: "call_service",
        domain: "shems",
        service: "acknowledge_alert",
        service_data: {
          config_entry_id: feed.message.entry_id,
          ...(alert === undefined ? {} : { alert: [alert] }),
        },
      });
    } catch (reason) {
      this.refused = refusal(reason, this.localize);
    }
  }
}
