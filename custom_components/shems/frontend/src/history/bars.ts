/** The chart of what each day or month cost and saved, with a mark for what was planned. */

import { type SVGTemplateResult, type TemplateResult, html, nothing, svg } from "lit";

import type { HistoryRow } from "./payload";

const WIDTH = 720;
const HEIGHT = 180;
const HEAD = 16;
const AXIS = 16;
/** About as many labels fit beneath. */
const LABELS = 8;
/** The few first days are no wall of colour. */
const WIDEST = 72;
/** A chart of cents would look like one of much. */
const LEAST = 0.1;
/** Less than half a cent is nothing. */
const SOME = 0.005;

/** Give where a row's plan is to be marked: as far from its cost as the plan was from what became of it. */
export const plannedCost = ({ cost, expected, happened }: HistoryRow): number | null =>
  cost === null || expected === null || happened === null ? null : cost + expected - happened;

/** Draw the rows; the words are in the table beside. */
export const renderBars = (
  rows: HistoryRow[],
  label: string,
  write: (start: number) => string,
  money: (amount: number) => string,
): TemplateResult => {
  const values = rows.flatMap((row) => [row.cost ?? 0, row.saving ?? 0, plannedCost(row) ?? 0]);
  const most = Math.max(LEAST, ...values);
  const least = Math.min(0, ...values);
  const top = (value: number): number => HEAD + (HEIGHT * (most - value)) / (most - least);
  const step = Math.min(WIDEST, WIDTH / rows.length);
  const every = Math.ceil(rows.length / LABELS);
  const bar = (value: number | null, name: string, at: number, width: number) => {
    if (value === null || Math.abs(value) < SOME) return nothing;
    const [from, to] = [top(Math.max(0, value)), top(Math.min(0, value))];
    return svg`<rect class=${name} x=${at} y=${from} width=${width} height=${Math.max(1, to - from)}></rect>`;
  };
  return html`<svg class="bars" viewBox="0 0 ${WIDTH} ${HEAD + HEIGHT + AXIS}" role="img" aria-label=${label}>
    ${rows.map((row, index): SVGTemplateResult => {
      const at = index * step;
      const planned = plannedCost(row);
      return svg`${bar(row.cost, "cost", at + step * 0.1, step * 0.5)}
        ${bar(row.saving, "saving", at + step * 0.62, step * 0.28)}
        ${
          planned === null
            ? nothing
            : svg`<line class="planned" x1=${at} x2=${at + step * 0.7}
                y1=${top(planned)} y2=${top(planned)}></line>`
        }
        ${
          index % every === 0
            ? svg`<text class=${index === 0 ? "first" : ""} x=${index === 0 ? 0 : at + step * 0.35} y=${HEAD + HEIGHT + AXIS - 3}>${write(row.start)}</text>`
            : nothing
        }`;
    })}
    <text class="first" x="0" y="11">${money(most)}</text>
    <line class="zero" x1="0" x2=${WIDTH} y1=${top(0)} y2=${top(0)}></line>
  </svg>`;
};
