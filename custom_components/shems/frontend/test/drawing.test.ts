import { describe, expect, it } from "vitest";

import type { Palette } from "../src/card/colors";
import { buildPanels } from "../src/card/panels";
import { stackBars } from "../src/card/panels/battery";
import { readAt } from "../src/card/panels/panel";
import { scaleMarks, stepDigits, timeTicks, valueScale } from "../src/card/ticks";
import { measuredSoc, saving } from "../src/figures";
import { formatter } from "../src/format";
import { hourRows } from "../src/hours";
import { localizer } from "../src/localize";
import { axisIndex, buildTimeline } from "../src/timeline";
import { fakeHass } from "./home";
import { NOW, samplePlan } from "./sample";

const format = formatter(fakeHass(), "EUR", "Europe/Amsterdam");
const palette = new Proxy(
  { batteries: ["#111111", "#222222"], font: "sans-serif" },
  { get: (known, name): unknown => Reflect.get(known, name) ?? "#888888" },
) as unknown as Palette;
const panelsOf = (plan = samplePlan()) =>
  buildPanels({ timeline: buildTimeline(plan, 36), palette, localize: localizer("en"), format });

describe("panels", () => {
  it("draws prices, home, battery and state of charge", () => {
    expect(panelsOf().map((panel) => panel.id)).toEqual(["price", "power", "battery", "soc"]);
    expect(panelsOf(samplePlan([])).map((panel) => panel.id)).toEqual(["price", "power"]);
  });

  it("keeps every shown value on the scale", () => {
    const plan = samplePlan(["a", "b"]);
    const timeline = buildTimeline(plan, 36);
    for (const panel of buildPanels({ timeline, palette, localize: localizer("en"), format })) {
      const drawn = [
        ...panel.lines.map((line) => line.values),
        ...panel.bands.map((band) => band.high),
        ...panel.bars.map((bar) => bar.high),
      ];
      timeline.x.forEach((t, i) => {
        if (t < timeline.from || t > timeline.to) return;
        for (const values of drawn) {
          const value = values[i];
          if (value === null || value === undefined) continue;
          expect(value).toBeGreaterThanOrEqual(panel.scale.min);
          expect(value).toBeLessThanOrEqual(panel.scale.max);
        }
      });
    }
  });

  it("dashes what is only expected and says so", () => {
    const guessed = panelsOf()[0]!;
    expect(guessed.unit).toContain("expected");
    const plan = samplePlan();
    plan.price_known = plan.price_known.map(() => true);
    expect(panelsOf(plan)[0]!.unit).toBe("€/kWh");
  });

  it("shows curtailment only where there is some", () => {
    const labels = (plan = samplePlan()) => panelsOf(plan)[1]!.readings.map((r) => r.label);
    expect(labels()).toEqual(["Load", "Solar", "Grid"]);
    const plan = samplePlan();
    plan.curtailed_kw[3] = 1.2;
    expect(labels(plan)).toContain("Curtailed");
  });

  it("reads what was measured in the past and what is planned ahead", () => {
    const plan = samplePlan();
    const timeline = buildTimeline(plan, 36);
    const load = buildPanels({ timeline, palette, localize: localizer("en"), format })[1]!
      .readings[0]!;
    const past = plan.past.start[140]! + 150;
    expect(readAt(load, axisIndex(timeline.x, past))).toBeCloseTo(plan.past.load_kw[140]!, 9);
    const ahead = (plan.start[30]! + plan.end[30]!) / 2;
    expect(readAt(load, axisIndex(timeline.x, ahead))).toBeCloseTo(plan.load_kw.p50[30]!, 9);
  });

  it("stacks batteries away from zero, each direction by itself", () => {
    const [a, b] = stackBars(
      [
        [2, -1, 3],
        [1, -2, -4],
      ],
      ["#111111", "#222222"],
    );
    expect([a!.low, a!.high]).toEqual([
      [0, 0, 0],
      [2, -1, 3],
    ]);
    expect([b!.low, b!.high]).toEqual([
      [2, -1, 0],
      [3, -3, -4],
    ]);
  });
});

describe("scales", () => {
  it("includes zero, all values and round marks", () => {
    const scale = valueScale([0.31, -0.04, null], 4, 0.01);
    expect(scale.min).toBeLessThan(-0.04);
    expect(scale.max).toBeGreaterThan(0.31);
    expect(scaleMarks(scale).map((mark) => Number(mark.toFixed(6)))).toEqual([0, 0.1, 0.2, 0.3]);
  });

  it("stays sensible without values", () => {
    const scale = valueScale([null, NaN], 4, 0.5);
    expect(scale.max).toBeGreaterThan(0.4);
    expect(scaleMarks(scale).length).toBeGreaterThan(2);
  });

  it("gives as many decimals as the marks need", () => {
    expect([1, 0.5, 0.25, 0.1, 5].map(stepDigits)).toEqual([0, 1, 2, 1, 0]);
  });

  it("marks full local hours and names the day at midnight, on a day of 25 hours too", () => {
    const from = Date.UTC(2026, 9, 24, 20) / 1000;
    const ticks = timeTicks(from, from + 12 * 3600, 320, format);
    expect(ticks.filter((tick) => tick.midnight).map((tick) => tick.label)).toEqual(["Sun"]);
    for (const tick of ticks) expect(format.clock(tick.time).minute).toBe(0);
    const labels = ticks.map((tick) => tick.label).filter(Boolean);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it("leaves room between the labels", () => {
    const ticks = timeTicks(NOW, NOW + 42 * 3600, 260, format, 42);
    for (let i = 1; i < ticks.length; i += 1) {
      const gap = ((ticks[i]!.time - ticks[i - 1]!.time) * 260) / (42 * 3600);
      expect(gap).toBeGreaterThanOrEqual(42);
    }
  });
});

describe("figures", () => {
  it("compares costs", () => {
    expect(saving(0.9, 2.4)?.amount).toBeCloseTo(1.5, 9);
    expect(saving(0.6, 2.4)?.share).toBeCloseTo(0.75, 9);
    expect(saving(1, -2)).toEqual({ amount: -3, share: null });
    expect(saving(-1, 2)?.share).toBeNull();
    expect(saving(null, 2)).toBeNull();
  });

  it("takes the last measured state of charge", () => {
    const plan = samplePlan();
    plan.past.soc[143] = null;
    plan.past.soc[142] = 0.37;
    expect(measuredSoc(plan)).toBe(0.37);
  });

  it("averages the plan over hours without losing energy", () => {
    const plan = samplePlan();
    plan.now = plan.start[0]!;
    const rows = hourRows(plan, Infinity);
    const hours = (row: number): number => {
      const start = Math.max(rows[row]!.start, plan.now);
      return (Math.min(rows[row]!.start + 3600, plan.end[plan.end.length - 1]!) - start) / 3600;
    };
    const shown = rows.reduce((sum, row, i) => sum + row.grid * hours(i), 0);
    const planned = plan.grid_kw.reduce(
      (sum: number, power, i) => sum + ((power ?? 0) * (plan.end[i]! - plan.start[i]!)) / 3600,
      0,
    );
    expect(shown).toBeCloseTo(planned, 9);
    expect(hourRows(plan, 24)).toHaveLength(24);
  });
});
