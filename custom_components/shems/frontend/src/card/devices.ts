/** The devices that are moved in time: what each does now, when it runs next, and why. */

import { type TemplateResult, html, nothing } from "lit";

import { isShown, nextRun } from "../actions";
import { kindIcon, kindOf } from "../kinds";
import { svg } from "../modes";
import type { DevicePlan, PlanMessage } from "../payload";
import { sentence, shortfallSentence } from "../reasons";
import type { Words } from "./parts";

const renderDevice = (
  device: DevicePlan,
  message: PlanMessage,
  { localize, format }: Words,
): TemplateResult => {
  const { now } = message;
  const run = nextRun(message, device);
  const running = run !== null && run.start <= now;
  const rests = localize(device.power_kw.length > 0 ? "devices.rests" : "devices.left_out");
  const when = running
    ? localize("devices.now", { time: format.dayTime(run.end, now) })
    : run
      ? localize("time.span", {
          start: format.dayTime(run.start, now),
          end: format.dayTime(run.end, run.start),
        })
      : rests;
  const { reason, shortfalls } = device.now;
  return html`
    <li class=${running ? "current" : ""}>
      <span class="icon" style="--color:var(--shems-mode-hold)">
        ${svg(kindIcon(device.kind))}
      </span>
      <div>
        <div class="when"><span>${when}</span> <span>${run && isShown(run) ? format.energy(run.energy) : ""}</span></div>
        <div class="what">${device.name}</div>
        ${device.proposed ? html`<p class="why proposed">${localize("devices.proposed")}</p>` : nothing}
        ${
          reason
            ? html`<p class="why">
                ${sentence(kindOf(reason), reason, localize, format, now)}
              </p>`
            : nothing
        }
        ${shortfalls.map(
          (each) =>
            html`<p class="why short">${shortfallSentence(each, localize, format, now)}</p>`,
        )}
      </div>
    </li>
  `;
};

/** All devices, in the order of the household. */
export const renderDevices = (
  message: PlanMessage,
  words: Words,
): TemplateResult | typeof nothing =>
  message.devices.length === 0
    ? nothing
    : html`
        <section class="next devices">
          <h3>${words.localize("devices.title")}</h3>
          <ol>
            ${message.devices.map((device) => renderDevice(device, message, words))}
          </ol>
        </section>
      `;
