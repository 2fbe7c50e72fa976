import { describe, expect, it } from "vitest";

import { isShown, modeRuns, nextActions, nextRun } from "../src/actions";
import type { BatteryMode, DevicePlan, PlanMessage } from "../src/payload";
import { samplePlan } from "./sample";

/** A plan of quarter hours with the given modes; `!` marks a mode that moves energy. */
const quarters = (modes: string[]): PlanMessage => {
  const plan = samplePlan();
  const battery = plan.batteries[0]!;
  plan.start = modes.map((_, i) => plan.now + i * 900);
  plan.end = plan.start.map((t) => t + 900);
  battery.mode = modes.map((mode) => mode.replace("!", "") as BatteryMode);
  battery.power_kw = modes.map((mode) => (mode.endsWith("!") ? -4 : 0));
  battery.reason = modes.map(() => ({ code: "idle", args: {} }));
  battery.soc = modes.map((_, i) => 0.5 + i / 100);
  return plan;
};

describe("nextActions", () => {
  it("joins equal steps and adds their energy", () => {
    const plan = quarters(["charge!", "charge!", "charge!", "hold", "hold"]);
    const [first, second] = nextActions(plan, 5);
    expect(first).toMatchObject({
      mode: "charge",
      start: plan.now,
      end: plan.now + 2700,
      soc: 0.52,
    });
    expect(first?.energy).toBeCloseTo(-3, 9);
    expect(second).toMatchObject({ mode: "hold", start: plan.now + 2700 });
  });

  it("lets a short change disappear unless it moves energy", () => {
    const idle = nextActions(quarters(["hold", "hold", "cover", "hold", "hold"]), 5);
    expect(idle.map((action) => action.mode)).toEqual(["hold"]);
    const moving = nextActions(quarters(["hold", "hold", "charge!", "hold", "hold"]), 5);
    expect(moving.map((action) => action.mode)).toEqual(["hold", "charge", "hold"]);
  });

  it("begins with what is going on now, leaving the past out", () => {
    const plan = quarters(["charge!", "hold", "hold", "cover!", "cover!"]);
    plan.now += 1000;
    const [first] = nextActions(plan, 5);
    expect(first).toMatchObject({ mode: "hold", start: plan.now });
  });

  it("orders the actions of several batteries by time and keeps to the limit", () => {
    const actions = nextActions(samplePlan(["a", "b"]), 5);
    expect(actions).toHaveLength(5);
    const starts = actions.map((action) => action.start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(new Set(actions.map((action) => action.battery.name))).toEqual(new Set(["a", "b"]));
  });

  it("accounts for all the energy of the plan", () => {
    const plan = samplePlan();
    const battery = plan.batteries[0]!;
    plan.now = plan.start[0]!;
    const total = plan.start.reduce(
      (sum, start, i) => sum + (battery.power_kw[i]! * (plan.end[i]! - start)) / 3600,
      0,
    );
    const shown = nextActions(plan, Infinity).reduce((sum, action) => sum + action.energy, 0);
    expect(shown).toBeCloseTo(total, 9);
  });

  it("is empty without a battery", () => {
    expect(nextActions(samplePlan([]), 5)).toEqual([]);
  });
});

describe("modeRuns", () => {
  it("covers the whole plan without a break", () => {
    const plan = samplePlan();
    const runs = modeRuns(plan, plan.batteries[0]!);
    expect(runs[0]?.start).toBe(plan.start[0]);
    expect(runs[runs.length - 1]?.end).toBe(plan.end[plan.end.length - 1]);
    for (let i = 1; i < runs.length; i += 1) {
      expect(runs[i]?.start).toBe(runs[i - 1]?.end);
      expect(runs[i]?.mode).not.toBe(runs[i - 1]?.mode);
    }
  });
});

describe("nextRun", () => {
  /** Give the next run of a device that takes these powers, from the step that runs now on. */
  const next = (...powers: number[]) => {
    const plan = samplePlan();
    const now = plan.end.findIndex((end) => end > plan.now);
    const power_kw = plan.start.map((_, index) => powers[index - now] ?? 0);
    const device = { id: "pump", name: "Pump", kind: "heating", power_kw } as DevicePlan;
    const at = (offset: number) => plan.start[now + offset]!;
    return { run: nextRun(plan, device), at, now: plan.now };
  };

  it("is the first that is planned", () => {
    const { run, at } = next(0, 0, 2, 2, 0, 3);
    expect(run).toMatchObject({ start: at(2), end: at(4) });
    expect(run?.energy).toBeCloseTo((2 * (at(4) - at(2))) / 3600, 9);
  });

  it("passes over one that would be shown as 0.0 kWh", () => {
    const { run, at } = next(0, 0.02, 0, 2, 0);
    expect(run).toMatchObject({ start: at(3), end: at(4) });
    expect(next(0, 0.02, 0).run).toBeNull();
  });

  it("keeps one that goes on now, however little it takes", () => {
    const { run, now } = next(0.02, 0, 2);
    expect(run?.start).toBe(now);
    expect(run && isShown(run)).toBe(false);
  });

  it("is none where nothing is planned, and may give energy back", () => {
    expect(next().run).toBeNull();
    expect(next(0, -2, 0).run?.energy).toBeLessThan(0);
  });
});
