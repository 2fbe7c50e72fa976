/** What came of a question, as numbers and sentences. */

import { type TemplateResult, html, nothing } from "lit";

import type { Words } from "../card/parts";
import type { Format } from "../format";
import { hasText } from "../localize";
import type { Answer, Band } from "./payload";

const MONTHS = 12;

/** Write a band as its middle with its ends. */
export const written = (
  band: Band,
  write: (value: number) => string,
): { middle: string; ends: string } => ({
  middle: band.median === null ? "∞" : write(band.median),
  ends: `${band.low === null ? "∞" : write(band.low)} – ${band.high === null ? "∞" : write(band.high)}`,
});

const figure = (
  title: string,
  value: string,
  small: string,
  tone = "",
): TemplateResult => html`
  <div class="figure ${tone}">
    <dt>${title}</dt>
    <dd>${value} <small>${small}</small></dd>
  </div>
`;

const payback = (answer: Answer, { localize, format }: Words): TemplateResult | typeof nothing => {
  const band = answer.payback_years;
  if (!band) return nothing;
  if (band.median === null)
    return figure(localize("what_if.payback"), localize("what_if.payback.never"), "");
  const { middle, ends } = written(band, (years) => format.number(years, 1));
  return figure(localize("what_if.payback"), localize("what_if.years", { years: middle }), ends);
};

const change = (
  title: string,
  before: Band | null,
  after: Band | null,
  write: (value: number) => string,
): TemplateResult | typeof nothing =>
  before?.median == null || after?.median == null
    ? nothing
    : html`<tr>
        <th scope="row">${title}</th>
        <td>${write(before.median)}</td>
        <td>${write(after.median)}</td>
      </tr>`;

/** Say what was taken for granted; a code of a newer release keeps its name. */
export const assumption = (
  { code, args }: Answer["assumptions"][number],
  { localize, format }: Words,
): string => {
  const key = `assumption.${code}`;
  if (!hasText(key)) return localize("assumption.unknown", { code: code.replaceAll("_", " ") });
  const written = Object.entries(args).map(([name, value]): [string, string] => [
    name,
    typeof value === "number" ? format.number(value, Number.isInteger(value) ? 0 : 1) : value,
  ]);
  return localize(key, Object.fromEntries<string>(written));
};

/** Twelve bars: what each month saves, or costs more. */
const months = (answer: Answer, format: Format, label: string): TemplateResult => {
  const values = answer.months.map((value) => value ?? 0);
  const most = Math.max(...values.map(Math.abs), 0.01);
  const name = new Intl.DateTimeFormat(document.documentElement.lang || "en", {
    month: "narrow",
    timeZone: "UTC",
  });
  return html`
    <div class="months" role="img" aria-label=${label}>
      ${values.slice(0, MONTHS).map(
        (value, month) => html`
          <div title=${format.money(value)}>
            <i
              class=${value < 0 ? "bad" : "good"}
              style="height:${Math.round((40 * Math.abs(value)) / most)}px"
            ></i>
            <span>${name.format(Date.UTC(2026, month, 15))}</span>
          </div>
        `,
      )}
    </div>
  `;
};

export const renderAnswer = (answer: Answer, words: Words): TemplateResult => {
  const { localize, format } = words;
  const saving = written(answer.saving, format.money);
  const gains = (answer.saving.median ?? 0) >= 0;
  const { before, after } = answer;
  return html`
    <dl class="figures">
      ${figure(localize("what_if.saving"), saving.middle, saving.ends, gains ? "gain" : "")}
      ${payback(answer, words)}
    </dl>
    <p class="quiet">${localize("what_if.interval")}</p>
    ${months(answer, format, localize("what_if.months"))}
    <table>
      <thead>
        <tr>
          <th></th>
          <th scope="col">${localize("what_if.before")}</th>
          <th scope="col">${localize("what_if.after")}</th>
        </tr>
      </thead>
      <tbody>
        ${change(localize("what_if.cost"), before.cost, after.cost, format.money)}
        ${change(localize("what_if.bought"), before.bought_kwh, after.bought_kwh, format.energy)}
        ${change(localize("what_if.sold"), before.sold_kwh, after.sold_kwh, format.energy)}
        ${change(
          localize("what_if.self_sufficiency"),
          before.self_sufficiency,
          after.self_sufficiency,
          format.percent,
        )}
        ${change(
          localize("what_if.carbon"),
          before.carbon_kg,
          after.carbon_kg,
          (kg) => `${format.number(kg, 0)} kg`,
        )}
      </tbody>
    </table>
    <details>
      <summary>${localize("what_if.assumptions")}</summary>
      <ul>
        ${answer.assumptions.map((each) => html`<li>${assumption(each, words)}</li>`)}
      </ul>
    </details>
  `;
};
