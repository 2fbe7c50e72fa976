/** The card that shows what was inferred of a home, with intervals. */

import { type TemplateResult, html, nothing } from "lit";

import { palette } from "../card/palette";
import { cardStyle } from "../card/style";
import type { Format } from "../format";
import { LiveCard } from "../live-card";
import { hasText } from "../localize";
import type { InferredMessage, InferredParameter, Verdict } from "./payload";
import { whatIfStyle } from "./style";

export const INFERRED_TYPE = "shems-inferred-card";

const TONES: Record<Verdict, string> = {
  trusted: "good",
  effective: "warn",
  rejected: "bad",
  prior: "calm",
};

type Subject = InferredMessage["subjects"][number];

const digits = (value: number): number => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);

export class ShemsInferredCard extends LiveCard<InferredMessage> {
  static override styles = [palette, cardStyle, whatIfStyle];

  static getStubConfig(): Record<string, unknown> {
    return { type: `custom:${INFERRED_TYPE}` };
  }

  constructor() {
    super("shems/inferred/subscribe");
  }

  getCardSize(): number {
    return 6;
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
          : message.subjects.map((each) => this.subject(each, format))
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
        ${
          subject.verdict === "rejected"
            ? nothing
            : html`<table>
                <tbody>
                  ${subject.parameters.map((each) => this.parameter(each, format))}
                </tbody>
              </table>`
        }
      </section>
    `;
  }

  private parameter(parameter: InferredParameter, format: Format): TemplateResult {
    const { localize } = this;
    const write = (value: number): string => format.number(value, digits(value));
    const { name, unit, mean, low, high, entered } = parameter;
    return html`<tr>
      <th scope="row">
        ${this.said("inferred.parameter", name)}
        ${entered ? html`<span class="quiet">${localize("inferred.entered")}</span>` : nothing}
      </th>
      <td>${write(mean)} ${unit}</td>
      <td class="quiet">${write(low)} – ${write(high)}</td>
    </tr>`;
  }

  /** Say what a code means; one of a newer release keeps its name. */
  private said(kind: string, code: string): string {
    const key = `${kind}.${code}`;
    return hasText(key) ? this.localize(key) : code.replaceAll("_", " ");
  }
}
