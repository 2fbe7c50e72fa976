import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { formatter } from "../src/format";
import { localizer } from "../src/localize";
import { assumption, written } from "../src/what-if/answer";
import type { ShemsInferredCard } from "../src/what-if/inferred-card";
import type { Answer, InferredMessage, WhatIfMessage } from "../src/what-if/payload";
import { QUESTIONS, usual } from "../src/what-if/questions";
import type { ShemsWhatIfCard } from "../src/what-if/what-if-card";
import { FakeConnection, fakeHass } from "./home";

await import("./cards");

const band = (median: number) => ({ low: median * 0.8, median, high: median * 1.2 });

const year = (cost: number) => ({
  cost: band(cost),
  bought_kwh: band(2000),
  sold_kwh: band(800),
  self_sufficiency: band(0.5),
  self_use: band(0.6),
  cycles: null,
  carbon_kg: null,
});

const ANSWER: Answer = {
  currency: "EUR",
  saving: band(240),
  payback_years: band(12.5),
  before: year(900),
  after: { ...year(660), self_sufficiency: band(0.7) },
  months: [10, 12, 20, 25, 30, 30, 30, 28, 22, 15, 10, -2],
  assumptions: [
    { code: "history", args: { days: 300, missing: 1.5 } },
    { code: "brand_new", args: {} },
  ],
  days: 300,
  years: 64,
};

const IDLE: WhatIfMessage = {
  entry_id: "abc",
  currency: "EUR",
  may_ask: true,
  dynamic: true,
  stage: "idle",
  progress: 0,
  problem: null,
  question: {},
  answer: null,
};

const words = {
  localize: localizer("en"),
  format: formatter(fakeHass("en"), "EUR", "Europe/Amsterdam"),
};

describe("what-if card", () => {
  let connection: FakeConnection;
  let asked: Record<string, unknown>[];

  beforeEach(() => {
    vi.useFakeTimers();
    connection = new FakeConnection();
    asked = [];
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  const show = async (message: WhatIfMessage, refuse?: unknown): Promise<ShemsWhatIfCard> => {
    const card = document.createElement("shems-what-if-card") as ShemsWhatIfCard;
    card.setConfig({ type: "custom:shems-what-if-card", entry_id: "abc" });
    card.hass = {
      ...fakeHass("en", connection),
      callWS: async <T>(sent: Record<string, unknown>): Promise<T> => {
        asked.push(sent);
        if (refuse) throw refuse;
        return {} as T;
      },
    };
    document.body.append(card);
    await settle(card);
    connection.send(message);
    await settle(card);
    return card;
  };

  const settle = async (card: ShemsWhatIfCard | ShemsInferredCard): Promise<void> => {
    await vi.advanceTimersByTimeAsync(0);
    await card.updateComplete;
  };

  const root = (card: HTMLElement): ShadowRoot => card.shadowRoot!;
  const text = (card: HTMLElement): string =>
    (root(card).querySelector("ha-card")?.textContent ?? "").replace(/\s+/g, " ").trim();

  const choose = async (card: ShemsWhatIfCard, name: string, value: string): Promise<void> => {
    const field = root(card).querySelector<HTMLInputElement>(`[name="${name}"]`)!;
    field.value = value;
    field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input"));
    await settle(card);
  };

  const submit = async (card: ShemsWhatIfCard): Promise<void> => {
    root(card).querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
    await settle(card);
  };

  it("asks about its home with what the sliders say, and the price", async () => {
    const card = await show(IDLE);
    expect(connection.asked).toEqual([{ type: "shems/what_if/subscribe", entry_id: "abc" }]);
    await choose(card, "battery_kwh", "14");
    await choose(card, "price", "7000");
    await submit(card);
    expect(asked).toEqual([
      {
        type: "shems/what_if/begin",
        entry_id: "abc",
        question: { battery_kwh: 14, battery_kw: 5, price: 7000 },
      },
    ]);
  });

  it.each(QUESTIONS.map((each) => each.name))("asks about %s", async (name) => {
    const card = await show(IDLE);
    await choose(card, "question", name);
    expect(text(card)).not.toMatch(/what_if\.|undefined|NaN/);
    await submit(card);
    const kind = QUESTIONS.find((each) => each.name === name)!;
    expect(asked[0]).toMatchObject({ question: kind.asked(usual(kind)) });
  });

  it("puts a car's week into trips", () => {
    const car = QUESTIONS.find((each) => each.name === "car")!;
    expect(car.asked({ ...usual(car), days: 2, leave: 7, back: 16 })).toMatchObject({
      charger_kw: 11,
      trips: [{ leave: "07:00", back: "16:00", energy_kwh: 8, weekdays: ["mon", "tue"] }],
    });
  });

  it("shows how far it is and cancels", async () => {
    const card = await show({ ...IDLE, stage: "playing", progress: 0.42 });
    expect(text(card)).toContain("42 % done");
    expect(root(card).querySelector("progress")!.value).toBeCloseTo(0.42);
    root(card).querySelector<HTMLButtonElement>("button")!.click();
    await settle(card);
    expect(asked).toEqual([{ type: "shems/what_if/cancel", entry_id: "abc" }]);
    connection.send({ ...IDLE, stage: "cancelled" });
    await settle(card);
    expect(text(card)).toContain("was cancelled");
  });

  it("shows saving, payback, the years compared and the assumptions", async () => {
    const card = await show({ ...IDLE, stage: "done", progress: 1, answer: ANSWER });
    const shown = text(card);
    expect(shown).toContain("€240.00");
    expect(shown).toContain("€192.00 – €288.00");
    expect(shown).toContain("in 12.5 years");
    expect(shown).toMatch(/Self-sufficiency 50 % 70 %/);
    expect(shown).toContain("300 days of this home");
    expect(shown).toContain("brand new");
    expect(root(card).querySelectorAll(".months i")).toHaveLength(12);
    expect(root(card).querySelectorAll(".months i.bad")).toHaveLength(1);
  });

  it("says why there is no answer", async () => {
    const problem = { code: "what_if_history", args: { days: 3, least: 7 } };
    const card = await show({ ...IDLE, stage: "failed", problem });
    expect(text(card)).toContain("Only 3 whole days");
  });

  it("says why a question was not taken", async () => {
    const card = await show(IDLE, { code: "what_if_busy", message: "Another question" });
    await submit(card);
    expect(text(card)).toContain("Another question");
  });

  it("offers nothing to who may only look", async () => {
    const card = await show({ ...IDLE, may_ask: false, stage: "done", answer: ANSWER });
    expect(root(card).querySelector("form")).toBeNull();
    expect(text(card)).toContain("€240.00");
  });

  it("refuses a configuration that is none", () => {
    const card = document.createElement("shems-what-if-card") as ShemsWhatIfCard;
    expect(() => card.setConfig({ type: "x", entry_id: 5 as never })).toThrow("entry_id");
  });

  it("shows what was inferred with verdicts and intervals", async () => {
    const card = document.createElement("shems-inferred-card") as ShemsInferredCard;
    card.setConfig({ type: "custom:shems-inferred-card" });
    card.hass = fakeHass("en", connection);
    document.body.append(card);
    await settle(card);
    const subject = {
      block: "solar",
      name: null,
      verdict: "trusted" as const,
      alarms: ["at_bound"],
      days: 28,
      parameters: [
        {
          name: "peak_power",
          unit: "kW",
          mean: 5.02,
          low: 4.8,
          high: 5.3,
          contraction: 0.9,
          entered: true,
        },
      ],
    };
    const message: InferredMessage = {
      entry_id: "abc",
      at: 1,
      subjects: [
        subject,
        { ...subject, block: "battery", name: "Cellar", verdict: "rejected", alarms: ["odd_one"] },
      ],
    };
    connection.send(message);
    await settle(card);
    const shown = text(card);
    expect(shown).toContain("Effective peak power");
    expect(shown).toContain("5.02 kW");
    expect(shown).toContain("4.80 kW – 5.30 kW");
    expect(shown).toContain("entered by you");
    expect(shown).toContain("Battery: Cellar");
    expect(shown).toContain("odd one");
    expect(root(card).querySelectorAll("table")).toHaveLength(1);
    const link = root(card).querySelector("a");
    expect(link?.getAttribute("href")).toBe("/config/integrations/integration/shems");
    expect(text(card)).toContain("Do you know better?");
    connection.send({ ...message, subjects: [] });
    await settle(card);
    expect(text(card)).toContain("Nothing can be inferred");
  });
});

describe("answers", () => {
  it("writes what never ends", () => {
    const never = { low: 8, median: null, high: null };
    expect(written(never, String)).toEqual({ middle: "∞", ends: "8 – ∞" });
  });

  it("fills every assumption", () => {
    const args = { days: 1, missing: 1, year: 1, month: 1, share: 1, weeks: 1 };
    for (const code of ["history", "habits", "sun", "prices", "captured", "hourly"])
      expect(assumption({ code, args }, words)).toMatch(/^\p{Lu}.*\.$/u);
  });
});
