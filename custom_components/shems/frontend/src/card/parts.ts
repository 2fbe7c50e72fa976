/** The card's pieces beside the chart. */

import {
  mdiAlertCircleOutline,
  mdiHomeSearchOutline,
  mdiLockOutline,
  mdiPowerPlugOffOutline,
} from "@mdi/js";
import { type TemplateResult, html, nothing } from "lit";

import { type Action, nextActions } from "../actions";
import type { FeedError } from "../feed";
import { type Saving, measuredSoc, saving } from "../figures";
import type { Format } from "../format";
import { hourRows } from "../hours";
import { type Localize, hasText } from "../localize";
import { modeColor, modeKey, modeSvg, svg } from "../modes";
import type { PlanMessage, PlanStatus } from "../payload";
import { provenanceLines } from "../provenance";
import { sentence, shortfallSentence } from "../reasons";

export interface Words {
  localize: Localize;
  format: Format;
}

const SHOWN_ACTIONS = 5;
const TABLE_HOURS = 36;
const STALE_SECONDS = 1200;
export const INTEGRATION = "/config/integrations/integration/shems";

const TONES: Record<PlanStatus, string> = {
  optimal: "good",
  rule: "warn",
  safe: "bad",
  waiting: "calm",
  off: "calm",
};

/** Title, status and, where nothing is controlled, the dry-run badge. */
export const renderHeader = (
  message: PlanMessage,
  title: string,
  offline: boolean,
  { localize }: Words,
): TemplateResult => html`
  <header>
    <h2>${title}</h2>
    ${
      message.dry_run
        ? html`<span class="chip outlined warn" title=${localize("badge.dry_run.help")}
            >${localize("badge.dry_run")}</span
          >`
        : nothing
    }
    <span class="chip ${offline ? "bad" : (TONES[message.status] ?? "calm")}" role="status">
      ${localize(offline ? "status.offline" : `status.${message.status}`)}
    </span>
  </header>
`;

const savingFigure = (
  compared: Saving | null,
  good: string,
  bad: string,
  { localize, format }: Words,
): TemplateResult | typeof nothing => {
  if (!compared) return nothing;
  const gain = compared.amount > -0.005;
  const share =
    gain && compared.share !== null
      ? html`<small>${format.percent(compared.share)}</small>`
      : nothing;
  return html`
    <div class="figure ${gain ? "gain" : ""}">
      <dt>${localize(gain ? good : bad)}</dt>
      <dd>${format.money(Math.abs(compared.amount))} ${share}</dd>
    </div>
  `;
};

/** Expected cost, what it saves, and what is stored. */
export const renderFigures = (
  message: PlanMessage,
  words: Words,
): TemplateResult | typeof nothing => {
  const { localize, format } = words;
  const { plan, without_battery, self_consumption } = message.cost;
  const income = plan !== null && plan < -0.005;
  const soc = message.batteries.length > 0 ? measuredSoc(message) : null;
  const capacity = message.batteries.reduce((sum, battery) => sum + battery.capacity_kwh, 0);
  if (plan === null && soc === null) return nothing;
  return html`
    <dl class="figures">
      ${
        plan === null
          ? nothing
          : html`<div class="figure">
              <dt>${localize(income ? "kpi.cost.income" : "kpi.cost")}</dt>
              <dd>${format.money(Math.abs(plan))}</dd>
            </div>`
      }
      ${savingFigure(saving(plan, without_battery), "kpi.saving", "kpi.extra", words)}
      ${savingFigure(saving(plan, self_consumption), "kpi.rule", "kpi.rule.extra", words)}
      ${
        soc === null
          ? nothing
          : html`<div class="figure">
              <dt>${localize("kpi.soc")}</dt>
              <dd>${format.percent(soc)} <small>${format.energy(soc * capacity)}</small></dd>
            </div>`
      }
    </dl>
  `;
};

const notice = (tone: string, title: string, text: string): TemplateResult => html`
  <div class="notice ${tone}" role="alert">
    <p><strong>${title}.</strong> ${text}</p>
  </div>
`;

/** More would push the plan off the card; the sensor has all. */
const MOST_PROBLEMS = 3;

/** What is no fault of an input: its own words say what to do. */
const OWN_FAULT = "solver_";

const isLeftOut = ({ stage }: { stage: string }): boolean => stage !== "held";

/** Say what is wrong and what to do, or nothing. */
export const renderNotice = (
  message: PlanMessage,
  offline: boolean,
  { localize, format }: Words,
): TemplateResult | typeof nothing => {
  const { status, created, now, problem } = message;
  if (offline) return notice("bad", localize("status.offline"), localize("notice.offline"));
  if (hasText(`notice.${status}.title`) && status !== "waiting") {
    const cause = problem ? `${sentence("problem", problem, localize, format, now)} ` : "";
    if (status === "safe" && problem?.code.startsWith(OWN_FAULT))
      return notice(TONES[status], localize(`status.${status}`), cause);
    const text = cause + localize(`notice.${status}.text`);
    return notice(TONES[status] ?? "calm", localize(`notice.${status}.title`), text);
  }
  if (created !== null && now - created > STALE_SECONDS) {
    const title = localize("notice.stale.title", { time: format.dayTime(created, now) });
    return notice("warn", title, localize("notice.stale.text"));
  }
  const wrong = message.problems ?? [];
  if (status === "optimal" && wrong.length > 0) {
    const said = wrong
      .slice(0, MOST_PROBLEMS)
      .map((each) => sentence("problem", each, localize, format, now));
    const done = localize(`notice.problem.${wrong.some(isLeftOut) ? "without" : "held"}`);
    return notice("warn", localize("notice.problem.title"), `${said.join(" ")} ${done}`);
  }
  return nothing;
};

/** Write an energy with its sign: plus goes into the battery. */
const signed = (energy: number, format: Format): string =>
  (energy > 0 ? "+" : "") + format.energy(energy);

const renderAction = (
  action: Action,
  message: PlanMessage,
  { localize, format }: Words,
): TemplateResult => {
  const { now } = message;
  const current = action.start <= now;
  const when = current
    ? `${localize("time.now")}, ${localize("time.until", { time: format.dayTime(action.end, now) })}`
    : localize("time.span", {
        start: format.dayTime(action.start, now),
        end: format.dayTime(action.end, action.start),
      });
  const several = message.batteries.length > 1;
  const moved = Math.abs(action.energy) >= 0.05 ? signed(-action.energy, format) : "";
  const level = action.soc === null ? "" : format.percent(action.soc);
  const result = [moved, level].filter(Boolean).join(" → ");
  return html`
    <li class=${current ? "current" : ""}>
      <span class="icon" style="--color:${modeColor(action.mode)}">${modeSvg(action.mode)}</span>
      <div>
        <div class="when"><span>${when}</span> <span>${result}</span></div>
        <div class="what">
          ${localize(modeKey(action.mode))}${several ? ` · ${action.battery.name}` : nothing}
        </div>
        <p class="why">${sentence("reason", action.reason, localize, format, now)}</p>
      </div>
    </li>
  `;
};

/** The next distinct actions, each with its reason. */
export const renderNext = (message: PlanMessage, words: Words): TemplateResult => {
  const actions = nextActions(message, SHOWN_ACTIONS);
  return html`
    <section class="next">
      <h3>${words.localize("next.title")}</h3>
      ${
        message.batteries.length === 0
          ? html`<p class="why">${words.localize("next.none")}</p>`
          : html`<ol>
              ${actions.map((action) => renderAction(action, message, words))}
            </ol>`
      }
      ${message.batteries.flatMap((battery) =>
        battery.shortfalls.map(
          (each) => html`
            <p class="why short">
              ${message.batteries.length > 1 ? `${battery.name}: ` : nothing}${shortfallSentence(
                each,
                words.localize,
                words.format,
                message.now,
              )}
            </p>
          `,
        ),
      )}
    </section>
  `;
};

const renderTable = (message: PlanMessage, { localize, format }: Words): TemplateResult => {
  const battery = message.batteries.length > 0;
  return html`
    <div class="scroll" tabindex="0">
      <table>
        <caption>
          ${localize("table.caption")}
        </caption>
        <thead>
          <tr>
            <th scope="col">${localize("table.time")}</th>
            <th scope="col">${localize("series.import")}</th>
            <th scope="col">${localize("series.load")}</th>
            <th scope="col">${localize("series.solar")}</th>
            <th scope="col">${localize("series.grid")}</th>
            ${
              battery
                ? html`<th scope="col">${localize("panel.battery")}</th>
                    <th scope="col">${localize("table.soc")}</th>
                    <th scope="col">${localize("table.mode")}</th>`
                : nothing
            }
          </tr>
        </thead>
        <tbody>
          ${hourRows(message, TABLE_HOURS).map(
            (row) => html`
              <tr>
                <th scope="row">${format.dayTime(row.start, message.now)}</th>
                <td>${row.importPrice === null ? "–" : format.price(row.importPrice)}</td>
                <td>${format.power(row.load)}</td>
                <td>${format.power(row.solar)}</td>
                <td>${format.power(row.grid)}</td>
                ${
                  battery
                    ? html`<td>${format.power(row.battery)}</td>
                        <td>${row.soc === null ? "–" : format.percent(row.soc)}</td>
                        <td>${row.modes.map((mode) => localize(modeKey(mode))).join(", ")}</td>`
                    : nothing
                }
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
};

/** When the plan was made and what it rests on, and all figures as a table on demand. */
export const renderFooter = (
  message: PlanMessage,
  open: boolean,
  onToggle: (event: Event) => void,
  words: Words,
): TemplateResult => {
  const { localize, format } = words;
  const { created, now, solve_ms } = message;
  const made = [
    created === null ? "" : localize("footer.planned", { time: format.dayTime(created, now) }),
    solve_ms === null
      ? ""
      : localize("footer.solved", { duration: format.seconds(solve_ms / 1000) }),
  ].filter(Boolean);
  return html`
    <footer>
      <div class="made">
        <span>${made.join(", ")}</span>
        ${provenanceLines(message, localize, format).map((line) => html`<span>${line}</span>`)}
      </div>
      <details .open=${open} @toggle=${onToggle}>
        <summary>${localize("table.open")}</summary>
        ${open ? renderTable(message, words) : nothing}
      </details>
    </footer>
  `;
};

/** Before the first plan: what is going on and what is missing. */
export const renderWaiting = (
  message: PlanMessage,
  { localize, format }: Words,
): TemplateResult => {
  const kind = message.status === "optimal" ? "waiting" : message.status;
  const cause = message.problem
    ? html`<p>${sentence("problem", message.problem, localize, format, message.now)}</p>`
    : nothing;
  return html`
    <div class="state" role="status">
      ${svg(mdiHomeSearchOutline)}
      <h3>${localize(`notice.${kind}.title`)}</h3>
      <p>${localize(`notice.${kind}.text`)}</p>
      ${cause}
    </div>
  `;
};

const ERROR_ICONS: Record<string, string> = {
  not_found: mdiHomeSearchOutline,
  home_not_named: mdiHomeSearchOutline,
  unknown_command: mdiPowerPlugOffOutline,
  unauthorized: mdiLockOutline,
};

/** Say why there is no plan at all and offer what can be done. */
export const renderError = (
  error: FeedError,
  retry: () => void,
  localize: Localize,
): TemplateResult => {
  const kind = error.code in ERROR_ICONS ? error.code : "other";
  return html`
    <div class="state" role="alert">
      ${svg(ERROR_ICONS[kind] ?? mdiAlertCircleOutline)}
      <h3>${localize(`error.${kind}.title`)}</h3>
      <p>${localize(`error.${kind}.text`, { message: error.message || error.code })}</p>
      <div class="actions">
        <button type="button" @click=${retry}>${localize("action.retry")}</button>
        ${
          kind === "unauthorized"
            ? nothing
            : html`<a href=${INTEGRATION}>${localize("action.open")}</a>`
        }
      </div>
    </div>
  `;
};

/** A quiet sketch of the card while the first message is on its way. */
export const renderSkeleton = (localize: Localize): TemplateResult => html`
  <div class="skeleton" role="status" aria-label=${localize("error.loading")}>
    <div style="height:28px;width:40%"></div>
    <div style="height:64px"></div>
    <div style="height:320px"></div>
  </div>
`;
