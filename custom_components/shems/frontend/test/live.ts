/** What flows in a home that buys, with a battery that charges, a car and a heat pump. */

import type { LiveDevice, LiveMessage } from "../src/live/payload";
import { NOW } from "./sample";

export const liveDevice = (change: Partial<LiveDevice> = {}): LiveDevice => ({
  id: "battery",
  device_id: "Battery",
  name: "House battery",
  kind: "battery",
  armed: true,
  mode: "auto",
  modes: ["auto", "charge", "hold", "paused"],
  override: null,
  power_kw: 0.5,
  level: 0.61,
  doing: "absorb",
  reason: { code: "full", args: {} },
  ...change,
});

export const heatPump = (change: Partial<LiveDevice> = {}): LiveDevice =>
  liveDevice({
    id: "pump",
    device_id: "Pump",
    name: "Heat pump",
    kind: "heating",
    modes: ["auto", "on", "off", "paused"],
    power_kw: 0,
    level: null,
    doing: "rest",
    reason: { code: "device_idle", args: {} },
    ...change,
  });

export const liveSample = (change: Partial<LiveMessage> = {}): LiveMessage => ({
  now: NOW,
  entry_id: "entry-1",
  title: "Home",
  status: "optimal",
  currency: "EUR",
  enabled: true,
  has_solar: true,
  grid_kw: 1.2,
  solar_kw: 0.8,
  load_kw: 1.5,
  import_price: 0.264,
  export_price: 0.1,
  devices: [liveDevice(), heatPump()],
  ...change,
});
