/** The card that tells what a period was like, beside the period before. */

import { type TemplateResult, html } from "lit";
import { state } from "lit/decorators.js";

import { renderError, renderSkeleton } from "../card/parts";
import { palette } from "../card/palette";
import { cardStyle } from "../card/style";
import { type FeedError, asError } from "../feed";
import type { Format } from "../format";
import type { HomeAssistant } from "../ha";
import { HomeCard, type HomeCardConfig } from "../home-card";
import { whatIfStyle } from "../what-if/style";
import { FIGURES, type Figure, PERIODS, type Period, type Report } from "./payload";

/** Less than this much measured is said. */
const COVERED = 0.99;
/** Less is not worth a line. */
const SOME_KWH = 0.1;
/** Less would be written as nothing. */
const SOME_SHARE = 0.005;
/** Five minutes: as often as the ledger has something new. */
const AGAIN_MS = 300_000;

const write = (name: Figure, value: number | null, format: Format): string => {
  if (value === null) return "–";
  if (name === "cost" || name === "income" || name === "saving") return format.money(value);
  if (name.startsWith("self_")) return format.percent(value);
  if (name === "carbon_kg") return `${format.number(value, 1)} kg`;
  return format.energy(value);
};

export class ShemsReportCard extends HomeCard {
  static override styles = [palette, cardStyle, whatIfStyle];

  @state() private period: Period = "day";
  @state() private report?: Report;
  @state() private error?: FeedError;

  /** What the report that is shown, or on its way, was asked for. */
  private asked = "";
  private connection?: unknown;
  private timer?: ReturnType<typeof setInterval>;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => this.ask(), AGAIN_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  protected currency(): string {
    return this.report?.currency ?? "";
  }

  protected follow(hass: HomeAssistant, config: HomeCardConfig): void {
    const asked = JSON.stringify([config.entry_id, this.period]);
    if (asked !== this.asked || hass.connection !== this.connection || this.isBack(hass)) this.ask();
  }

  /** Ask for the report; what comes late for another question is dropped. */
  private readonly ask = (): void => {
    const { hass, config, period } = this;
    if (!hass || !config) return;
    const asked = JSON.stringify([config.entry_id, period]);
    this.asked = asked;
    this.connection = hass.connection;
    const named = config.entry_id ? { config_entry_id: config.entry_id } : {};
    hass
      .callWS<{ response: Report }>({
        type: "call_service",
        domain: "shems",
        service: "report",
        service_data: { ...named, period },
        return_response: true,
      })
      .then(({ response }) => {
        if (asked !== this.asked) return;
        this.report = response;
        this.error = undefined;
      })
      .catch((error: unknown) => {
        if (asked === this.asked) this.error = asError(error);
      });
  };

  private readonly choose = (event: Event): void => {
    this.period = (event.target as HTMLSelectElement).value as Period;
    this.report = undefined;
    this.ask();
  };

  protected override render(): TemplateResult {
    return this.frame(this.body(), this.hass?.connected === false);
  }

  private body(): TemplateResult {
    const { config, format, localize, report, error } = this;
    if (!config || !format) return renderSkeleton(localize);
    if (error && !report) return renderError(error, this.ask, localize);
    return html`
      <header>
        <h2>${config.title || localize("report.title")}</h2>
        <select name="period" aria-label=${localize("report.period")} @change=${this.choose}>
          ${PERIODS.map(
            (each) =>
              html`<option value=${each} ?selected=${each === this.period}>
                ${localize(`report.period.${each}`)}
              </option>`,
          )}
        </select>
      </header>
      ${report ? this.table(report, format) : renderSkeleton(localize)}
    `;
  }

  private table(report: Report, format: Format): TemplateResult {
    const { localize } = this;
    const { figures, before } = report;
    const known = FIGURES.filter(
      (name) => figures[name] !== null || before.figures[name] !== null,
    );
    if (known.length === 0) return html`<p class="quiet">${localize("report.nothing")}</p>`;
    return html`
      <table>
        <thead>
          <tr>
            <th scope="col"></th>
            <th scope="col">${localize("report.now")}</th>
            <th scope="col">${localize("report.before")}</th>
          </tr>
        </thead>
        <tbody>
          ${known.map(
            (name) =>
              html`<tr>
                <th scope="row">${localize(`report.figure.${name}`)}</th>
                <td>${write(name, figures[name], format)}</td>
                <td class="quiet">${write(name, before.figures[name], format)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${this.notes(report, format).map((each) => html`<p class="quiet">${each}</p>`)}
    `;
  }

  private notes(report: Report, format: Format): string[] {
    const { localize } = this;
    const { coverage, below_zero, weather, plan } = report;
    const notes: string[] = [];
    if (coverage < COVERED)
      notes.push(localize("report.coverage", { share: format.percent(coverage) }));
    if (below_zero.kept_kwh >= SOME_KWH)
      notes.push(
        localize("report.below_zero", {
          energy: format.energy(below_zero.kept_kwh),
          money: format.money(below_zero.kept_value),
        }),
      );
    if (weather && weather.change !== null) notes.push(this.inLikeWeather(weather.change, format));
    if (plan)
      notes.push(
        localize("report.plan", {
          expected: format.money(plan.expected.cost),
          happened: format.money(plan.happened.cost),
          days: plan.days,
        }),
      );
    return notes;
  }

  private inLikeWeather(change: number, format: Format): string {
    const size = Math.abs(change);
    const said = size < SOME_SHARE ? "same" : change < 0 ? "less" : "more";
    return this.localize(`report.weather.${said}`, { change: format.percent(size) });
  }
}
