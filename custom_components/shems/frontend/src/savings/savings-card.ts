/** The card that tells what SHEMS saved, by device and by cause, and beside which home. */

import { type TemplateResult, css, html, nothing } from "lit";
import { state } from "lit/decorators.js";

import { palette } from "../card/palette";
import { cardStyle } from "../card/style";
import type { Format } from "../format";
import { LiveCard } from "../live-card";
import { whatIfStyle } from "../what-if/style";
import { CAUSES, SPANS, type Saved, type SavingsMessage, type Span } from "./payload";

/** Less than half a cent is nothing. */
const SOME = 0.005;
const SOME_HOURS = 0.1;

const savingsStyle = css`
  .saved {
    margin: 0;
    font-size: 32px;
    line-height: 40px;
    font-variant-numeric: tabular-nums;
  }
  h3 {
    margin: 12px 0 4px;
    font-size: 14px;
    line-height: 20px;
    font-weight: 500;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 4px 12px;
    margin: 0;
    font-size: 14px;
    line-height: 20px;
  }
  dt {
    overflow-wrap: anywhere;
  }
  dd {
    margin: 0;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
`;

export class ShemsSavingsCard extends LiveCard<SavingsMessage> {
  static override styles = [palette, cardStyle, whatIfStyle, savingsStyle];

  @state() private span: Span = "month";

  constructor() {
    super("shems/savings/subscribe");
  }

  protected currency(): string {
    return this.feed.message?.currency ?? "";
  }

  protected content(message: SavingsMessage, format: Format): TemplateResult {
    const { config, localize } = this;
    const saved = message.spans[this.span];
    return html`
      <header>
        <h2>${config?.title || localize("savings.title")}</h2>
        <select
          aria-label=${localize("savings.span")}
          @change=${(event: Event) => {
            this.span = (event.target as HTMLSelectElement).value as Span;
          }}
        >
          ${SPANS.map(
            (each) =>
              html`<option value=${each} ?selected=${each === this.span}>
                ${localize(`savings.span.${each}`)}
              </option>`,
          )}
        </select>
      </header>
      ${
        saved
          ? this.saved(saved, message.names, format)
          : html`<p class="quiet">${localize("savings.none")}</p>`
      }
    `;
  }

  private saved(saved: Saved, names: Record<string, string>, format: Format): TemplateResult {
    const { localize } = this;
    const devices = Object.entries(saved.by_device)
      .filter(([, value]) => Math.abs(value) >= SOME)
      .sort(([, one], [, other]) => other - one)
      .map(([key, value]): [string, number] => [names[key] ?? localize("savings.home"), value]);
    const causes = CAUSES.filter((each) => Math.abs(saved.by_cause[each] ?? 0) >= SOME).map(
      (each): [string, number] => [
        localize(`savings.cause.${each}`),
        saved.by_cause[each] ?? 0,
      ],
    );
    const bounds: [string, number][] = [
      [localize("savings.cost"), saved.cost],
      [localize("savings.without"), saved.without],
      [localize("savings.no_battery"), saved.no_battery],
    ];
    const compared = saved.hours - saved.left_out_hours >= SOME_HOURS;
    return html`
      ${
        compared
          ? html`<p class="saved">${format.money(saved.saving)}</p>
              ${this.rows("savings.by_device", devices, format)}
              ${this.rows("savings.by_cause", causes, format)}
              ${this.rows("savings.bounds", bounds, format)}`
          : html`<p>${localize("savings.not_compared")}</p>`
      }
      <p class="quiet">
        ${localize("savings.compared")} ${localize("savings.believed")}
        ${
          saved.left_out_hours >= SOME_HOURS
            ? localize("savings.left_out", {
                hours: format.brief(saved.left_out_hours),
                cost: format.money(saved.left_out_cost),
              })
            : nothing
        }
        ${
          saved.foreseen_hours >= SOME_HOURS
            ? localize("savings.foresight", {
                missed: format.money(saved.missed),
                days: format.number(saved.foreseen_hours / 24, 0),
              })
            : nothing
        }
      </p>
    `;
  }

  private rows(
    title: string,
    rows: [string, number][],
    format: Format,
  ): TemplateResult | typeof nothing {
    if (rows.length === 0) return nothing;
    return html`<h3>${this.localize(title)}</h3>
      <dl>
        ${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${format.money(value)}</dd>`)}
      </dl>`;
  }
}
