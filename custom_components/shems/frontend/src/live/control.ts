/** What a person has a device do: asked for at once, and taken back where it was refused. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

import type { HomeAssistant } from "../ha";
import { ownEntity } from "../strategy/own";
import type { LiveDevice } from "./payload";

/** What a device shows until its home has said the same. */
export interface Shown {
  mode: string | null;
  armed: boolean;
  /** Epoch seconds; null where nobody overrides the plan. */
  until: number | null;
}

/** Who waits longer than this for the home's word sees what it says instead. */
const WAIT_MS = 15_000;

const HEATED = new Set(["heating", "water"]);

/** Tell what a mode may cost, where that is worth a question. */
export const costOf = (device: LiveDevice, mode: string): "money" | "comfort" | null => {
  if (mode === "charge" || mode === "on") return "money";
  if (mode === "off" && (HEATED.has(device.kind) || device.kind === "vehicle")) return "comfort";
  return null;
};

export const shownOf = ({ mode, armed, override }: LiveDevice): Shown => ({
  mode,
  armed,
  until: override?.until ?? null,
});

/** Sends what is asked for, and shows it as done meanwhile. */
export class Control implements ReactiveController {
  /** What was thrown where the last thing was not done, else null. */
  failed: unknown = null;
  /** What is asked for and not confirmed yet. */
  private asked: Partial<Shown> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    // Nothing is asked for yet.
  }

  hostDisconnected(): void {
    this.forget();
  }

  /** Give what to show: what was asked for, until the home says so or waited too long. */
  shown(device: LiveDevice): Shown {
    const real = shownOf(device);
    if (!this.asked) return real;
    const wanted = { ...real, ...this.asked };
    const confirmed =
      wanted.mode === real.mode &&
      wanted.armed === real.armed &&
      (wanted.until === null) === (real.until === null);
    if (!confirmed) return wanted;
    this.forget();
    return real;
  }

  /** Choose a mode until it is changed, or for some hours only. */
  choose(hass: HomeAssistant, device: LiveDevice, mode: string, hours: number): Promise<void> {
    if (hours > 0 && mode !== "auto") {
      const until = Date.now() / 1000 + hours * 3600;
      const asked = { device_id: device.device_id, mode, duration: { hours } };
      return this.send(hass, { mode, until }, "shems", "override", asked);
    }
    const entity_id = ownEntity(hass, device.device_id, "mode");
    const change = { mode, until: null };
    return this.send(hass, change, "select", "select_option", { entity_id, option: mode });
  }

  /** Let the plan decide again. */
  release(hass: HomeAssistant, device: LiveDevice): Promise<void> {
    return this.choose(hass, device, "auto", 0);
  }

  /** Let SHEMS drive the device. */
  allow(hass: HomeAssistant, device: LiveDevice): Promise<void> {
    const entity_id = ownEntity(hass, device.device_id, "allow_control");
    return this.send(hass, { armed: true }, "switch", "turn_on", { entity_id });
  }

  private async send(
    hass: HomeAssistant,
    change: Partial<Shown>,
    domain: string,
    service: string,
    data: Record<string, unknown>,
  ): Promise<void> {
    this.forget();
    this.failed = null;
    this.asked = change;
    this.timer = setTimeout(() => {
      this.forget();
      this.host.requestUpdate();
    }, WAIT_MS);
    this.host.requestUpdate();
    try {
      await hass.callService(domain, service, data);
    } catch (reason) {
      this.forget();
      this.failed = reason;
      this.host.requestUpdate();
    }
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.asked = null;
  }
}
