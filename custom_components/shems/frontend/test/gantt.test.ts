import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ShemsPlanGantt } from "../src/card/gantt";
import { reasonsAt } from "../src/card/tip";
import { formatter } from "../src/format";
import { costAt, ganttRows, isMovable, placed } from "../src/gantt";
import { localizer } from "../src/localize";
import type { DevicePlan, PlanMessage } from "../src/payload";
import { fakeHass } from "./home";
import { NOW, samplePlan } from "./sample";

customElements.define("shems-plan-gantt", ShemsPlanGantt);

const HOUR = 3600;
const START = NOW - (NOW % 300) + 6 * HOUR - 300;

/** A dishwasher that is to run for two hours, six hours from now, at 0.5 kW. */
const dishwasher = (change: Partial<DevicePlan> = {}): DevicePlan => {
  const { start, end } = samplePlan();
  return {
    id: "dishwasher",
    name: "Dishwasher",
    kind: "appliance",
    proposed: false,
    power_kw: start.map((from, i) => (from >= START && end[i]! <= START + 2 * HOUR ? 0.5 : 0)),
    state: null,
    value: null,
    reason: start.map(() => ({ code: "device_waits.short", args: {} })),
    length_s: 2 * HOUR,
    asked: 1,
    now: { power_kw: 0, reason: null, setpoint: null, shortfalls: [] },
    ...change,
  };
};

const planned = (change: Partial<DevicePlan> = {}): PlanMessage => ({
  ...samplePlan(),
  import_price: samplePlan().start.map((from) => (from < START ? 0.4 : 0.2)),
  devices: [dishwasher(change)],
  movable: { dishwasher: "Registry id" },
});

const only = (message: PlanMessage) => ganttRows(message)[0]!.blocks[0]!;

describe("when devices run", () => {
  it("joins the steps of a run, with its energy and what that costs", () => {
    const block = only(planned());
    expect(block).toMatchObject({ start: START, running: false });
    expect(block.end - block.start).toBe(2 * HOUR);
    expect(block.energy).toBeCloseTo(1);
    expect(block.cost).toBeCloseTo(0.2);
  });

  it("has no row for what does not run, and no cost where a price is unknown", () => {
    expect(ganttRows(planned({ power_kw: samplePlan().start.map(() => 0) }))).toEqual([]);
    const message = { ...planned(), import_price: samplePlan().start.map(() => null) };
    expect(only(message).cost).toBeNull();
    expect(costAt(message, only(message), START)).toBeNull();
  });

  it("lets a programme be put elsewhere that has not begun", () => {
    const may = (message: PlanMessage) => isMovable(message, only(message));
    expect(may(planned())).toBe(true);
    expect(may(planned({ asked: 2 }))).toBe(true);
    expect(may(planned({ kind: "vehicle", length_s: null }))).toBe(false);
    expect(may({ ...planned(), movable: {} })).toBe(false);
    expect(may(planned({ power_kw: samplePlan().start.map(() => 0.5) }))).toBe(false);
  });

  it("puts it on a quarter of an hour, not into the past nor beyond the plan", () => {
    const message = planned();
    const block = only(message);
    expect(placed(message, block, START + 1000)).toBe(Math.round((START + 1000) / 900) * 900);
    expect(placed(message, block, NOW - HOUR)).toBeGreaterThan(NOW);
    const last = placed(message, block, NOW + 999 * HOUR);
    expect(last + 2 * HOUR).toBeLessThanOrEqual(message.end[message.end.length - 1]!);
  });

  it("says what it costs elsewhere", () => {
    expect(costAt(planned(), only(planned()), NOW + HOUR)).toBeCloseTo(0.4);
  });
});

describe("why", () => {
  it("is told of each battery and of each device that runs at the time", () => {
    const words = {
      localize: localizer("en"),
      format: formatter(fakeHass(), "EUR", "Europe/Amsterdam"),
    };
    const names = (time: number) => reasonsAt(planned(), time, words).map(({ name }) => name);
    expect(names(START + 60)).toEqual(["Home battery", "Dishwasher"]);
    expect(names(START - 60)).toEqual(["Home battery"]);
    expect(names(NOW - 99 * HOUR)).toEqual([]);
    expect(reasonsAt(planned(), START + 60, words)[1]!.text).toBe(
      "500 W. It waits for a better hour.",
    );
  });
});

describe("rows of runs", () => {
  let calls: [string, string, Record<string, unknown>][];
  let refuse: Error | null;

  beforeEach(() => {
    vi.useFakeTimers();
    calls = [];
    refuse = null;
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  const open = async (message = planned()): Promise<ShemsPlanGantt> => {
    const element = document.createElement("shems-plan-gantt") as ShemsPlanGantt;
    const hass = fakeHass();
    hass.callService = async (domain, service, data = {}) => {
      calls.push([domain, service, data]);
      if (refuse) throw refuse;
    };
    Object.assign(element, {
      hass,
      message,
      format: formatter(hass, "EUR", "Europe/Amsterdam"),
      localize: localizer("en"),
      from: NOW,
      to: NOW + 48 * HOUR,
    });
    document.body.append(element);
    await element.updateComplete;
    return element;
  };
  const block = (element: ShemsPlanGantt): HTMLButtonElement =>
    element.shadowRoot!.querySelector("button")!;
  const press = async (element: ShemsPlanGantt, ...keys: string[]): Promise<void> => {
    for (const key of keys) {
      block(element).dispatchEvent(new KeyboardEvent("keydown", { key }));
      await vi.advanceTimersByTimeAsync(0);
      await element.updateComplete;
    }
  };
  const left = (element: ShemsPlanGantt): number => parseFloat(block(element).style.left);
  const iso = (time: number): string => new Date(time * 1000).toISOString();

  it("say when a device runs, for how much and why", async () => {
    const element = await open();
    expect(block(element).getAttribute("aria-label")).toBe(
      "Dishwasher: 18:00 – 20:00, 1.0 kWh, €0.20",
    );
    block(element).dispatchEvent(new Event("focus"));
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector(".told")!.textContent).toContain("better hour");
  });

  it("move a programme with the keys, once it is confirmed", async () => {
    const element = await open();
    const before = left(element);
    await press(element, "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight");
    expect(left(element)).toBeGreaterThan(before);
    expect(calls).toEqual([]);
    await press(element, "Enter");
    const device_id = "Registry id";
    const [earliest, deadline] = [iso(START + HOUR), iso(START + 3 * HOUR + 300)];
    const instead_of = iso(START);
    expect(calls).toEqual([
      ["shems", "run_appliance", { device_id, earliest, deadline, instead_of }],
    ]);
    expect(left(element)).toBeGreaterThan(before);
    element.message = { ...planned(), created: NOW + 5 };
    await element.updateComplete;
    expect(left(element)).toBe(before);
  });

  it("put it back where that is given up or refused", async () => {
    const element = await open(planned({ asked: 0 }));
    const before = left(element);
    await press(element, "ArrowLeft", "Escape");
    expect(left(element)).toBe(before);
    refuse = new Error("It does not fit");
    await press(element, "ArrowLeft", "Enter");
    expect(calls.map(([, , data]) => "instead_of" in data)).toEqual([false]);
    expect(left(element)).toBe(before);
    expect(element.shadowRoot!.querySelector(".told")!.textContent).toContain("It does not fit");
  });

  it("move the one of several runs that is put elsewhere", async () => {
    const { start, end } = samplePlan();
    const power_kw = start.map((from, i) =>
      from >= START && end[i]! <= START + 4 * HOUR ? 0.5 : 0,
    );
    const element = await open(planned({ asked: 2, power_kw }));
    const buttons = [...element.shadowRoot!.querySelectorAll("button")];
    expect(buttons.map((each) => each.getAttribute("aria-label")!.split(",")[0])).toEqual([
      "Dishwasher: 18:00 – 20:00",
      "Dishwasher: 20:00 – 22:00",
    ]);
    for (const key of ["ArrowRight", "Enter"]) {
      buttons[1]!.dispatchEvent(new KeyboardEvent("keydown", { key }));
      await vi.advanceTimersByTimeAsync(0);
    }
    await element.updateComplete;
    expect(calls.map(([, , data]) => data.instead_of)).toEqual([iso(START + 2 * HOUR)]);
    expect(buttons.map((each) => each.classList.contains("moving"))).toEqual([false, true]);
  });

  it("let nobody move what may not be moved", async () => {
    const element = await open({ ...planned(), movable: {} });
    expect(element.shadowRoot!.querySelector("button")).toBeNull();
    const row = element.shadowRoot!.querySelector('[role="img"]')!;
    expect(row.getAttribute("aria-label")).toContain("Dishwasher: 18:00 – 20:00");
  });
});
