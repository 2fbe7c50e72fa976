/** The card that shows what was inferred of a home, with intervals. */

import { type TemplateResult, css, html, nothing } from "lit";

import { INTEGRATION } from "../card/parts";
import { palette } from "../card/palette";
import { cardStyle } from "../card/style";
import type { Format } from "../format";
import { LiveCard } from "../live-card";
import { hasText } from "../localize";
import type { InferredMessage, InferredParameter, Verdict } from "./payload";
import { whatIfStyle } from "./style";

const TONES: Record<Verdict, string> = {
  trusted: "good",
  effective: "warn",
  rejected: "bad",
  prior: "calm",
};

const style = css`
  .subjects {
    columns: 320px;
    column-gap: 32px;
  }
  .subjects section {
    grid-template-columns: minmax(0, 1fr);
    break-inside: avoid;
    margin-block-end: 24px;
  }
  .subjects h3 {
    margin: 0;
    font-size: 15px;
    font-weight: 500;
  }
  td {
    white-space: nowrap;
  }
`;

type Subject = InferredMessage["subjects"][number];

/** What is an hour of the day, and what a share of a whole. */
const CLOCKS = new Set(["morning_h", "evening_h", "charging_h"]);
const SHARES = new Set(["limit", "air_share", "round_trip", "away"]);

/** Write a value as a person would, with its unit where that goes with it. */
const written = ({ name, unit }: InferredParameter, value: number, format: Format): string => {
  if (CLOCKS.has(name)) return format.timeOfDay(value);
  if (SHARES.has(name)) return format.percent(value);
  if (unit === "kW") return format.power(value);
  return format.brief(value);
};

/** Tell whether the unit is still to be written. */
const isBare = ({ name, unit }: InferredParameter): boolean =>
  unit !== "" && unit !== "kW" && !CLOCKS.has(name) && !SHARES.has(name);

export class ShemsInferredCard extends LiveCard<InferredMessage> {
  static override styles = [palette, cardStyle, whatIfStyle, style];

  constructor() {
    super("shems/inferred/subscribe");
  }

  protected currency(): string {
    return "";
  }

  protected override content(message: InferredMessage, format: Format): TemplateResult {
    const { localize } = this;
    return html`
      <header><h2>${this.config?.title || localize("inferred.title")}</h2></header>
      ${
        message.subjects.length === 0
          ? html`<p class="quiet">${localize("inferred.none")}</p>`
          : html`<div class="subjects">
                ${message.subjects.map((each) => this.subject(each, format))}
              </div>
              <p class="quiet">
                ${localize("inferred.enter")} <a href=${INTEGRATION}>${localize("action.open")}</a>
              </p>`
      }
    `;
  }

  private subject(subject: Subject, format: Format): TemplateResult {
    const { localize } = this;
    const block = this.said("inferred.block", subject.block);
    return html`
      <section>
        <header>
          <h3>${subject.name ? `${block}: ${subject.name}` : block}</h3>
          <span class="chip ${TONES[subject.verdict]}">
            ${localize(`inferred.verdict.${subject.verdict}`)}
          </span>
        </header>
        <p class="quiet">
          ${localize(`inferred.verdict.${subject.verdict}.help`, {
            days: format.number(subject.days, 0),
          })}
        </p>
        ${
          subject.alarms.length > 0
            ? html`<ul class="quiet">
                ${subject.alarms.map((each) => html`<li>${this.said("inferred.alarm", each)}</li>`)}
              </ul>`
            : nothing
        }
        ${subject.verdict === "rejected" ? nothing : this.parameters(subject, format)}
      </section>
    `;
  }

  /** What was not seen yet is what all homes have: who wants to know can open it. */
  private parameters({ verdict, parameters }: Subject, format: Format): TemplateResult {
    const table = html`<table>
      <tbody>
        ${parameters.map((each) => this.parameter(each, format))}
      </tbody>
    </table>`;
    if (verdict !== "prior") return table;
    return html`<details>
      <summary>${this.localize("table.open")}</summary>
      ${table}
    </details>`;
  }

  private parameter(parameter: InferredParameter, format: Format): TemplateResult {
    const { localize } = this;
    const write = (value: number): string => written(parameter, value, format);
    const { name, mean, low, high, entered } = parameter;
    return html`<tr>
      <th scope="row">
        ${this.said("inferred.parameter", name)}
        ${entered ? html`<span class="quiet">${localize("inferred.entered")}</span>` : nothing}
      </th>
      <td>${write(mean)}${isBare(parameter) ? ` ${parameter.unit}` : nothing}</td>
      <td class="quiet">${write(low)} – ${write(high)}</td>
    </tr>`;
  }

  /** Say what a code means; one of a newer release keeps its name. */
  private said(kind: string, code: string): string {
    const key = `${kind}.${code}`;
    return hasText(key) ? this.localize(key) : code.replaceAll("_", " ");
  }
}
