import { describe, expect, it } from "vitest";

import { axisIndex, buildTimeline, stepIndex, storedValue } from "../src/timeline";
import { NOW, samplePlan } from "./sample";

const at = (x: number[], t: number): number => x.indexOf(t);

describe("buildTimeline", () => {
  it("holds prices and planned power over each step's whole width", () => {
    const plan = samplePlan();
    const line = buildTimeline(plan, 36);
    plan.start.forEach((start, i) => {
      const end = plan.end[i] ?? 0;
      line.x.forEach((t, point) => {
        if (t < start || t >= end) return;
        const price = plan.price_known[i] ? line.importKnown[point] : line.importGuess[point];
        expect(price).toBe(plan.import_price[i]);
        expect(line.grid.plan[point]).toBe(plan.grid_kw[i]);
        expect(line.batteries[0]?.power[point]).toBe(plan.batteries[0]?.power_kw[i]);
      });
    });
  });

  it("never shows one price as known and as expected", () => {
    const line = buildTimeline(samplePlan(), 36);
    const both = line.x.filter(
      (_, i) => line.importKnown[i] !== null && line.importGuess[i] !== null,
    );
    expect(both).toEqual([]);
    expect(line.importGuess.some((v) => v !== null)).toBe(true);
  });

  it("meets the state of charge at the end of every step", () => {
    const plan = samplePlan();
    const line = buildTimeline(plan, 48);
    plan.end.forEach((end, i) => {
      expect(line.batteries[0]?.soc[at(line.x, end)]).toBeCloseTo(
        plan.batteries[0]?.soc[i] ?? -1,
        9,
      );
    });
  });

  it("begins the state of charge where the first step's energy says", () => {
    const plan = samplePlan();
    const battery = plan.batteries[0]!;
    battery.power_kw[0] = 6;
    battery.soc[0] = 0.5;
    const line = buildTimeline(plan, 36);
    expect(line.batteries[0]?.soc[at(line.x, plan.start[0]!)]).toBeCloseTo(0.55, 9);
  });

  it("puts forecasts at the steps' middles with the median inside its band", () => {
    const plan = samplePlan();
    const line = buildTimeline(plan, 36);
    plan.start.forEach((start, i) => {
      const point = at(line.x, (start + plan.end[i]!) / 2);
      expect(line.solar.plan[point]).toBeCloseTo(plan.solar_kw.p50[i]!, 9);
    });
    line.load.plan.forEach((median, i) => {
      if (median === null) return;
      expect(line.load.low[i]).toBeLessThanOrEqual(median);
      expect(line.load.high[i]).toBeGreaterThanOrEqual(median);
    });
  });

  it("leaves a gap where nothing was measured", () => {
    const plan = samplePlan();
    plan.past.load_kw[100] = null;
    const line = buildTimeline(plan, 36);
    const start = plan.past.start[100]!;
    expect(line.load.past[at(line.x, start + 150)]).toBeNull();
    expect(line.load.past[at(line.x, start - 150)]).not.toBeNull();
    expect(line.load.past[at(line.x, start + 450)]).not.toBeNull();
  });

  it("shows the asked hours ahead, a sixth behind, and no more than the plan has", () => {
    const day = buildTimeline(samplePlan(), 24);
    expect(day.to).toBe(NOW + 24 * 3600);
    expect(day.from).toBe(NOW - 4 * 3600);
    const plan = samplePlan();
    expect(buildTimeline(plan, 72).to).toBe(plan.end[plan.end.length - 1]);
  });

  it("stays sorted without repetition when past and plan overlap", () => {
    const plan = samplePlan();
    plan.past.start = plan.past.start.map((t) => t + 900);
    const { x } = buildTimeline(plan, 36);
    for (let i = 1; i < x.length; i += 1) expect(x[i]).toBeGreaterThan(x[i - 1]!);
  });

  it("bears unknown prices and an empty past", () => {
    const plan = samplePlan();
    plan.import_price = plan.import_price.map(() => null);
    plan.past = { start: [], load_kw: [], solar_kw: [], grid_kw: [], battery_kw: [], soc: [] };
    const line = buildTimeline(plan, 36);
    expect(line.importKnown.every((v) => v === null)).toBe(true);
    expect(line.from).toBe(plan.start[0]);
  });
});

describe("lookups", () => {
  it("finds the step that holds a time, its end excluded", () => {
    const steps = { start: [0, 10, 30], end: [10, 20, 40] };
    expect([-1, 0, 9, 10, 20, 25, 39, 40].map((t) => stepIndex(steps, t))).toEqual([
      -1, 0, 0, 1, -1, -1, 2, -1,
    ]);
  });

  it("finds the last point at or before a time", () => {
    expect([5, 10, 15, 99].map((t) => axisIndex([10, 20, 30], t))).toEqual([0, 0, 0, 2]);
  });

  it("weighs the worth of stored energy by capacity", () => {
    const [big, small] = samplePlan(["a", "b"]).batteries;
    big!.value = [0.3];
    small!.value = [0.15];
    expect(storedValue([big!, small!], 0)).toBeCloseTo(0.25, 9);
    expect(storedValue([], 0)).toBeNull();
  });
});
