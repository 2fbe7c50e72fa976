/** The devices that are moved in time: what each does now, when it runs next, and why. */

import { type TemplateResult, html, nothing } from "lit";

import { isShown, nextRun } from "../actions";
import { kindIcon, kindOf } from "../kinds";
import { svg } from "../modes";
import type { DevicePlan, PlanMessage } from "../payload";
import { sentence, shortfallSentence } from "../reasons";
import type { Words } from "./parts";

/** The reason that says no more than that nothing is planned. */
const IDLE = "device_idle";

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

/** Tell whether there is no more to say of a device than that it rests. */
const isIdle = (message: PlanMessage, device: DevicePlan): boolean =>
  device.power_kw.length > 0 &&
  nextRun(message, device) === null &&
  device.now.shortfalls.length === 0 &&
  (device.now.reason?.code ?? IDLE) === IDLE;

/** All devices, in the order of the household; those that rest are named at the end. */
export const renderDevices = (
  message: PlanMessage,
  words: Words,
): TemplateResult | typeof nothing => {
  if (message.devices.length === 0) return nothing;
  const { localize } = words;
  const idle = message.devices.filter((device) => isIdle(message, device));
  const names = idle.map(({ name }) => name).join(", ");
  return html`
    <section class="next devices">
      <h3>${localize("devices.title")}</h3>
      <ol>
        ${message.devices
          .filter((device) => !idle.includes(device))
          .map((device) => renderDevice(device, message, words))}
      </ol>
      ${names ? html`<p class="why idle">${localize("devices.rests")}: ${names}</p>` : nothing}
    </section>
  `;
};
