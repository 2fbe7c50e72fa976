/** A believable plan, worked out by a small rule from a seed-free day. */

import type { BatteryMode, BatteryPlan, Phrase, PlanMessage } from "../src/payload";

/** Friday 2026-06-19 10:05 UTC. */
export const NOW = 1781863500;
const HOUR = 3600;

/** Step bounds as the integration makes them: 12 of 5 min, 15 min to 24 h, 60 min to 48 h. */
export const stepBounds = (first: number): { start: number[]; end: number[] } => {
  const start: number[] = [];
  const end: number[] = [];
  let at = first;
  const push = (width: number): void => {
    start.push(at);
    at += width;
    end.push(at);
  };
  while (start.length < 12 || at % 900 !== 0) push(300);
  while (at < first + 24 * HOUR || at % HOUR !== 0) push(900);
  while (at < first + 48 * HOUR) push(HOUR);
  return { start, end };
};

const hourOf = (time: number): number => (((time / HOUR + 2) % 24) + 24) % 24;
const bump = (hour: number, at: number, width: number): number => {
  const away = Math.min(Math.abs(hour - at), 24 - Math.abs(hour - at));
  return Math.exp(-((away / width) ** 2));
};
/** Repeatable roughness between -1 and 1. */
const rough = (time: number): number => {
  const x = Math.sin(time * 0.0123) * 43758.5453;
  return 2 * (x - Math.floor(x)) - 1;
};

const priceAt = (time: number): number => {
  const hour = hourOf(Math.floor(time / 900) * 900);
  const day = Math.floor(time / 86400) % 2;
  return (
    0.21 +
    0.1 * bump(hour, 8, 2) +
    0.17 * bump(hour, 19.5, 2.4) -
    (0.17 + 0.05 * day) * bump(hour, 13.5, 2.6) -
    0.06 * bump(hour, 3.5, 2.2) +
    0.006 * rough(Math.floor(time / 900))
  );
};
const solarAt = (time: number): number => 5.4 * Math.max(0, bump(hourOf(time), 13.4, 3.4) - 0.06);
const loadAt = (time: number): number => {
  const hour = hourOf(time);
  return (
    0.32 + 0.9 * bump(hour, 7.6, 1.1) + 1.7 * bump(hour, 19, 1.8) + 0.35 * bump(hour, 12.5, 1.2)
  );
};

const LATER = 0.262;

interface Choice {
  mode: BatteryMode;
  reason: Phrase;
  power: number;
}

const choose = (time: number, soc: number, capacity: number, until: number): Choice => {
  const price = priceAt(time);
  const surplus = solarAt(time) - loadAt(time);
  const exportPrice = price * 0.6;
  const full = soc > 0.995;
  if (surplus > 0.1 && full) {
    return { mode: "self_consume", reason: { code: "full", args: {} }, power: 0 };
  }
  if (surplus > 0.1) {
    const reason = { code: "store_surplus", args: { export_price: exportPrice, value: LATER } };
    return { mode: "absorb", reason, power: -Math.min(surplus, capacity / 2) };
  }
  if (price < 0.172 && soc < 0.9) {
    const reason = { code: "charge_cheap", args: { price, value: LATER, until } };
    return { mode: "charge", reason, power: -capacity * 0.3 };
  }
  if (price > LATER && soc > 0.11) {
    const reason = { code: "cover_load", args: { price, value: LATER } };
    return { mode: "cover", reason, power: Math.min(-surplus, capacity / 2) };
  }
  if (soc <= 0.11)
    return { mode: "hold", reason: { code: "empty", args: { reserve: 0.1 } }, power: 0 };
  const reason = { code: "keep_for_later", args: { price, value: LATER, at: NOW + 8 * HOUR } };
  return { mode: "hold", reason, power: 0 };
};

const battery = (id: string, name: string, capacity: number, first: number): BatteryPlan => ({
  id,
  name,
  capacity_kwh: capacity,
  reserve: 0.1,
  power_kw: [],
  soc: [first],
  value: [],
  mode: [],
  reason: [],
  shortfalls: [],
});

/** Make the plan of a home with one battery, or with two. */
export const samplePlan = (names = ["Home battery"], now = NOW): PlanMessage => {
  const slot = Math.floor(now / 300) * 300;
  const { start, end } = stepBounds(slot);
  const middle = start.map((first, i) => (first + (end[i] ?? first)) / 2);
  const knownUntil = (Math.floor(now / 86400) + 1) * 86400 - 2 * HOUR;
  const batteries = names.map((name, i) =>
    battery(`battery-${i}`, name, i ? 5 : 10, i ? 0.4 : 0.46),
  );
  const share = 1 / names.length;
  const grid: number[] = [];
  middle.forEach((time, i) => {
    let total = 0;
    for (const each of batteries) {
      const soc = each.soc[each.soc.length - 1] ?? 0;
      const choice = choose(time, soc, each.capacity_kwh, slot + 4 * HOUR);
      const hours = ((end[i] ?? 0) - (start[i] ?? 0)) / HOUR;
      const room = ((1 - soc) * each.capacity_kwh) / hours;
      const stored = ((soc - 0.1) * each.capacity_kwh) / hours;
      const power = Math.max(
        -room,
        Math.min(stored, choice.power * (names.length > 1 ? share : 1)),
      );
      each.power_kw.push(power);
      each.soc.push(Math.min(1, Math.max(0.1, soc - (power * hours) / each.capacity_kwh)));
      each.value.push(LATER - 0.02 * soc);
      each.mode.push(choice.mode);
      each.reason.push(choice.reason);
      total += power;
    }
    grid.push(loadAt(time) - solarAt(time) - total);
  });
  for (const each of batteries) each.soc.shift();
  const spread = (values: number[], low: number, high: number) => ({
    p10: values.map((v, i) => v * (1 - low * Math.min(1, 0.35 + i / 60))),
    p50: values,
    p90: values.map((v, i) => v * (1 + high * Math.min(1, 0.35 + i / 60))),
  });
  const past = Array.from({ length: 144 }, (_, i) => slot - (144 - i) * 300);
  const pastLoad = past.map(
    (t) => loadAt(t) * (1 + 0.25 * rough(t)) + (rough(t * 3) > 0.86 ? 1.6 : 0),
  );
  const pastSolar = past.map((t) => solarAt(t) * (1 - 0.18 * Math.abs(rough(t * 7))));
  const pastBattery = past.map((t, i) => {
    const net = (pastLoad[i] ?? 0) - (pastSolar[i] ?? 0);
    return priceAt(t) > 0.24 || net < 0 ? Math.max(-3, Math.min(3, net * 0.8)) : 0;
  });
  const pastSoc: number[] = [];
  for (let i = past.length - 1, level = 0.46; i >= 0; i -= 1) {
    pastSoc[i] = level;
    level = Math.min(1, Math.max(0.1, level + (pastBattery[i] ?? 0) / 12 / 10));
  }
  return {
    entry_id: "entry-1",
    title: "Demo home",
    now,
    created: slot + 4,
    status: "optimal",
    problem: null,
    currency: "EUR",
    time_zone: "Europe/Amsterdam",
    dry_run: true,
    provenance: {
      load: { source: "mix", learned_until: slot - 9 * 3600, skill: 0.14 },
      solar: { source: "given", learned_until: null, skill: null },
    },
    solve_ms: 42,
    start,
    end,
    import_price: middle.map(priceAt),
    export_price: middle.map((t) => priceAt(t) * 0.6 - 0.02),
    price_known: start.map((t) => t < knownUntil),
    load_kw: spread(middle.map(loadAt), 0.35, 0.55),
    solar_kw: spread(middle.map(solarAt), 0.45, 0.25),
    grid_kw: grid,
    curtailed_kw: start.map(() => 0),
    batteries,
    devices: [],
    cost: { plan: 0.87, without_battery: 2.41, self_consumption: 1.35 },
    past: {
      start: past,
      load_kw: pastLoad,
      solar_kw: pastSolar,
      grid_kw: past.map((_, i) => (pastLoad[i] ?? 0) - (pastSolar[i] ?? 0) - (pastBattery[i] ?? 0)),
      battery_kw: pastBattery,
      soc: pastSoc,
    },
  };
};
