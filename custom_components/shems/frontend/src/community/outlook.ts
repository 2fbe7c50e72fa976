/** The chart of what neighbours are expected to need and to have left. */

import { type TemplateResult, html, nothing, svg } from "lit";

import type { Words } from "../card/parts";
import type { Outlook } from "./payload";

const WIDTH = 480;
const HEIGHT = 120;
const TICK_HOURS = 6;
/** A label further to the right would be cut off. */
const TICK_WIDTH_HOURS = 3;
/** Below this, a chart of little would look like much. */
const LEAST_KWH = 0.1;

export interface HourOfSharing {
  start: number;
  need: number;
  surplus: number;
}

/** Sum the slots that are not over to whole hours. */
export const hoursOf = (outlook: Outlook, now: number): HourOfSharing[] => {
  const hours = new Map<number, HourOfSharing>();
  outlook.need_kwh.forEach((need, index) => {
    const begin = outlook.start + index * outlook.step_s;
    if (begin + outlook.step_s <= now) return;
    const start = begin - (begin % 3600);
    const hour = hours.get(start) ?? { start, need: 0, surplus: 0 };
    hour.need += need;
    hour.surplus += outlook.surplus_kwh[index] ?? 0;
    hours.set(start, hour);
  });
  return [...hours.values()];
};

/** Draw surplus upwards and need downwards; what both share is filled. */
export const renderOutlook = (
  outlook: Outlook,
  now: number,
  { localize, format }: Words,
): TemplateResult | typeof nothing => {
  const hours = hoursOf(outlook, now);
  const [first] = hours;
  if (!first) return nothing;
  const most = Math.max(LEAST_KWH, ...hours.flatMap((each) => [each.need, each.surplus]));
  const middle = HEIGHT / 2;
  const height = (kwh: number): number => ((middle - 4) * kwh) / most;
  const width = WIDTH / hours.length;
  const gap = Math.min(2, width / 4);
  const bar = (index: number, kwh: number, up: boolean, name: string) =>
    svg`<rect class=${name} x=${index * width + gap / 2} width=${width - gap}
      y=${up ? middle - height(kwh) : middle} height=${height(kwh)}></rect>`;
  const label = localize("community.outlook.aria", {
    start: format.dayTime(first.start, now),
    hours: hours.length,
    surplus: format.energy(hours.reduce((sum, each) => sum + each.surplus, 0)),
    need: format.energy(hours.reduce((sum, each) => sum + each.need, 0)),
  });
  return html`
    <div class="legend" aria-hidden="true">
      <span class="surplus">${localize("community.surplus")}</span>
      <span class="need">${localize("community.need")}</span>
    </div>
    <svg
      class="outlook"
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
      role="img"
      aria-label=${label}
    >
      ${hours.map(({ start, need, surplus }, index) => {
        const shared = Math.min(need, surplus);
        const told = `${format.dayTime(start, now)}: +${format.energy(surplus)}, −${format.energy(need)}`;
        return svg`<g><title>${told}</title>
          ${bar(index, surplus, true, "surplus")}${bar(index, need, false, "need")}
          ${bar(index, shared, true, "shared up")}${bar(index, shared, false, "shared down")}</g>`;
      })}
      <line x1="0" x2=${WIDTH} y1=${middle} y2=${middle}></line>
    </svg>
    <div class="hours" aria-hidden="true">
      ${hours.map(({ start }, index) =>
        format.clock(start).hour % TICK_HOURS === 0 && index <= hours.length - TICK_WIDTH_HOURS
          ? html`<span style="left:${(100 * index) / hours.length}%">${format.fullHour(start)}</span>`
          : nothing,
      )}
    </div>
    <details>
      <summary>${localize("table.open")}</summary>
      <div class="scroll" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">${localize("table.time")}</th>
              <th scope="col">${localize("community.surplus")}</th>
              <th scope="col">${localize("community.need")}</th>
            </tr>
          </thead>
          <tbody>
            ${hours.map(
              ({ start, need, surplus }) =>
                html`<tr>
                  <th scope="row">${format.dayTime(start, now)}</th>
                  <td>${format.energy(surplus)}</td>
                  <td>${format.energy(need)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>
  `;
};
