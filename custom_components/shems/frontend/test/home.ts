/** A Home Assistant object with just what the frontend module uses. */

import type { Connection, DeviceEntry, EntityEntry, HomeAssistant } from "../src/ha";

type Callback = (message: unknown) => void;

/** A connection whose answers the test gives. */
export class FakeConnection implements Connection {
  connected = true;
  asked: Record<string, unknown>[] = [];
  released = 0;
  refuse: { code: string; message: string } | null = null;
  private callbacks: Callback[] = [];
  private listeners = new Map<string, Set<() => void>>();

  async subscribeMessage<T>(
    callback: (message: T) => void,
    message: Record<string, unknown>,
  ): Promise<() => void> {
    this.asked.push(message);
    if (this.refuse) throw this.refuse;
    this.callbacks.push(callback as Callback);
    return () => {
      this.released += 1;
      this.callbacks = this.callbacks.filter((other) => other !== callback);
    };
  }

  addEventListener(event: string, callback: () => void): void {
    const callbacks = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, callbacks.add(callback));
  }

  removeEventListener(event: string, callback: () => void): void {
    this.listeners.get(event)?.delete(callback);
  }

  send(message: unknown): void {
    this.callbacks.forEach((callback) => callback(message));
  }

  fire(event: string): void {
    this.listeners.get(event)?.forEach((callback) => callback());
  }

  /** Lose every subscription, as a restart of the server does. */
  drop(): void {
    this.callbacks = [];
    this.fire("disconnected");
  }
}

export const fakeHass = (
  language = "en",
  connection: Connection = new FakeConnection(),
): HomeAssistant => ({
  connection,
  language,
  locale: { language, number_format: "language", time_format: "24", time_zone: "server" },
  config: { time_zone: "Europe/Amsterdam", currency: "EUR" },
  themes: { darkMode: false, theme: "default" },
  states: {},
  entities: {},
  devices: {},
  callService: async () => undefined,
  callWS: async () => {
    throw { code: "not_found", message: "No prefs" };
  },
});

export interface FakeDevice extends Partial<DeviceEntry> {
  id: string;
  entry?: string;
  /** Entities as `domain.translation_key`, with `!` for config and `?` for diagnostic ones. */
  has: string[];
}

/** Put devices with their entities into the registries. */
export const withDevices = (hass: HomeAssistant, devices: FakeDevice[]): HomeAssistant => {
  for (const { has, entry = "entry-1", ...device } of devices) {
    hass.devices[device.id] = {
      name: device.id,
      config_entries: [entry],
      primary_config_entry: entry,
      ...device,
    };
    for (const text of has) {
      const category = text.endsWith("!") ? "config" : text.endsWith("?") ? "diagnostic" : null;
      const [domain = "", key = ""] = text.replace(/[!?]$/, "").split(".");
      const entity_id = `${domain}.${device.id.toLowerCase().replaceAll(" ", "_")}_${key}`;
      const entity: EntityEntry = {
        entity_id,
        device_id: device.id,
        platform: "shems",
        translation_key: key,
        entity_category: category,
      };
      hass.entities[entity_id] = entity;
    }
  }
  return hass;
};
