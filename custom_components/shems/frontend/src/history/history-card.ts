/** The card that tells what days and months cost beside their plans, and how good forecasts were. */

import { type TemplateResult, css, html, nothing } from "lit";
import { state } from "lit/decorators.js";

import { palette } from "../card/palette";
import { renderError, renderSkeleton } from "../card/parts";
import { cardStyle } from "../card/style";
import { type FeedError, asError } from "../feed";
import type { Format } from "../format";
import type { HomeAssistant } from "../ha";
import { HomeCard, type HomeCardConfig } from "../home-card";
import { whatIfStyle } from "../what-if/style";
import { renderBars } from "./bars";
import { type History, type HistoryRow, QUANTITIES, type Quantity, STEPS, type Score, type Step } from "./payload";

/** Five minutes: as often as the ledger has something new. */
const AGAIN_MS = 300_000;
const LEAST_SKILL = 0.005;

const NAMES: Record<Quantity, string> = {
  load: "series.load",
  solar: "series.solar",
  price: "panel.price",
  temperature: "history.temperature",
};

const style = css`
  svg.bars {
    display: block;
    width: 100%;
    height: auto;
    direction: ltr;
  }
  rect.cost,
  .key.cost::before {
    fill: var(--shems-import);
    background: var(--shems-import);
  }
  rect.saving,
  .key.saving::before {
    fill: var(--success-color, #43a047);
    background: var(--success-color, #43a047);
  }
  line.planned {
    stroke: var(--primary-text-color);
    stroke-width: 2;
  }
  line.zero {
    stroke: var(--shems-zero-line);
  }
  text {
    text-anchor: middle;
    font-size: 11px;
    fill: var(--secondary-text-color);
  }
  text.first {
    text-anchor: start;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    font-size: 12px;
    line-height: 16px;
    color: var(--secondary-text-color);
  }
  .key::before {
    content: "";
    display: inline-block;
    width: 10px;
    height: 10px;
    margin-inline-end: 6px;
    border-radius: 2px;
  }
  .key.planned::before {
    height: 2px;
    vertical-align: 4px;
    background: var(--primary-text-color);
  }
  h3 {
    margin: 8px 0 0;
    font-size: 14px;
    line-height: 20px;
    font-weight: 500;
  }
  p {
    margin: 0;
    font-size: 14px;
    line-height: 20px;
  }
`;

export class ShemsHistoryCard extends HomeCard {
  static override styles = [palette, cardStyle, whatIfStyle, style];

  @state() private step: Step = "day";
  @state() private history?: History;
  @state() private error?: FeedError;

  /** What the history that is shown, or on its way, was asked for. */
  private asked = "";
  private connection?: unknown;
  private timer?: ReturnType<typeof setInterval>;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(this.ask, AGAIN_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  protected currency(): string {
    return this.history?.currency ?? "";
  }

  protected follow(hass: HomeAssistant, config: HomeCardConfig): void {
    const asked = JSON.stringify([config.entry_id, this.step]);
    if (asked !== this.asked || hass.connection !== this.connection || this.isBack(hass)) this.ask();
  }

  /** Ask for the history; what comes late for another question is dropped. */
  private readonly ask = (): void => {
    const { hass, config, step } = this;
    if (!hass || !config) return;
    const asked = JSON.stringify([config.entry_id, step]);
    this.asked = asked;
    this.connection = hass.connection;
    const named = config.entry_id ? { entry_id: config.entry_id } : {};
    hass
      .callWS<History>({ type: "shems/history", ...named, step })
      .then((history) => {
        if (asked !== this.asked) return;
        this.history = history;
        this.error = undefined;
      })
      .catch((error: unknown) => {
        if (asked === this.asked) this.error = asError(error);
      });
  };

  private readonly choose = (event: Event): void => {
    this.step = (event.target as HTMLSelectElement).value as Step;
    this.ask();
  };

  protected override render(): TemplateResult {
    return this.frame(this.body(), this.hass?.connected === false);
  }

  private body(): TemplateResult {
    const { config, format, localize, history, error } = this;
    if (!config || !format) return renderSkeleton(localize);
    if (!history) return error ? renderError(error, this.ask, localize) : renderSkeleton(localize);
    return html`
      <header>
        <h2>${config.title || localize("history.title")}</h2>
        <select name="step" aria-label=${localize("report.period")} @change=${this.choose}>
          ${STEPS.map(
            (each) =>
              html`<option value=${each} ?selected=${each === this.step}>
                ${localize(`history.step.${each}`)}
              </option>`,
          )}
        </select>
      </header>
      ${
        history.rows.length === 0
          ? html`<p class="quiet">${localize("report.nothing")}</p>`
          : this.rows(history, format)
      }
      ${this.scores(history, format)}
    `;
  }

  private date(start: number, step: Step): string {
    const { hass } = this;
    const options: Intl.DateTimeFormatOptions =
      step === "day" ? { day: "numeric", month: "numeric" } : { month: "short", year: "2-digit" };
    const timeZone = hass!.config.time_zone;
    return new Date(start * 1000).toLocaleDateString(hass!.locale.language, {
      ...options,
      timeZone,
    });
  }

  private rows({ rows, step }: History, format: Format): TemplateResult {
    const { localize } = this;
    const money = (value: number | null): string => (value === null ? "–" : format.money(value));
    const sum = (name: "cost" | "saving"): string =>
      format.money(rows.reduce((total, row) => total + (row[name] ?? 0), 0));
    const label = localize("history.aria", { cost: sum("cost"), saving: sum("saving") });
    const cells = (row: HistoryRow): TemplateResult =>
      html`<td>${money(row.cost)}</td>
        <td>${money(row.saving)}</td>
        <td>${money(row.expected)}</td>
        <td>${money(row.happened)}</td>`;
    return html`
      <div class="legend" aria-hidden="true">
        <span class="key cost">${localize("report.figure.cost")}</span>
        <span class="key saving">${localize("report.figure.saving")}</span>
        <span class="key planned">${localize("history.planned")}</span>
      </div>
      ${renderBars(rows, label, (start) => this.date(start, step), format.money)}
      <details>
        <summary>${localize("table.open")}</summary>
        <div class="scroll" tabindex="0" role="region" aria-label=${localize("history.title")}>
          <table>
            <thead>
              <tr>
                <th scope="col">${localize(`history.step.${step}`)}</th>
                <th scope="col">${localize("report.figure.cost")}</th>
                <th scope="col">${localize("report.figure.saving")}</th>
                <th scope="col">${localize("history.planned")}</th>
                <th scope="col">${localize("history.became")}</th>
              </tr>
            </thead>
            <tbody>
              ${[...rows].reverse().map(
                (row) =>
                  html`<tr><th scope="row">${this.date(row.start, step)}</th>${cells(row)}</tr>`,
              )}
            </tbody>
          </table>
        </div>
      </details>
    `;
  }

  private scores({ scores }: History, format: Format): TemplateResult | typeof nothing {
    const { localize } = this;
    const known = QUANTITIES.flatMap((name) => {
      const score = scores[name];
      return score ? [{ name, score }] : [];
    });
    if (known.length === 0) return nothing;
    return html`<h3>${localize("history.accuracy")}</h3>
      ${known.map(({ name, score }) => html`<p>${this.score(name, score, format)}</p>`)}`;
  }

  private score(name: Quantity, score: Score, format: Format): string {
    const { localize } = this;
    const { mae, coverage_80: coverage, days, skill } = score;
    const error =
      name === "price"
        ? format.price(mae)
        : name === "temperature"
          ? `${format.number(mae, 1)} °C`
          : format.power(mae);
    const said = localize("history.score", {
      quantity: localize(NAMES[name]),
      error,
      coverage: format.percent(coverage),
      days: format.number(days, 0),
    });
    if (skill === null || Math.abs(skill) < LEAST_SKILL) return said;
    const percent = format.percent(Math.abs(skill));
    return `${said} (${localize(skill > 0 ? "source.better" : "source.worse", { percent })})`;
  }
}
