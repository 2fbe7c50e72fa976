import { afterEach, describe, expect, it, vi } from "vitest";

import { priceHours } from "../src/prices/hours";
import { ShemsPricesCard } from "../src/prices/prices-card";
import { FakeConnection, fakeHass } from "./home";
import { NOW, samplePlan } from "./sample";

await import("./cards");

describe("prices by the hour", () => {
  it("begins with the running hour and ranks from the cheapest to the dearest", () => {
    const hours = priceHours(samplePlan(), 24);
    expect(hours).toHaveLength(24);
    expect(hours[0]!.start).toBe(NOW - (NOW % 3600));
    const ranks = hours.map(({ rank }) => rank);
    expect([Math.min(...ranks), Math.max(...ranks)]).toEqual([0, 1]);
    const dearest = hours.reduce((a, b) => (b.price > a.price ? b : a));
    expect(dearest.rank).toBe(1);
  });

  it("weighs quarter hours, splits longer steps, and leaves the unknown out", () => {
    const message = {
      ...samplePlan(),
      now: 7200,
      start: [7200, 8100, 9000, 14400],
      end: [8100, 9000, 14400, 18000],
      import_price: [0.1, 0.3, 0.5, null],
      price_known: [true, true, false, true],
    };
    expect(priceHours(message, 24)).toEqual([
      { start: 7200, price: expect.closeTo(0.35) as number, known: false, rank: 0 },
      { start: 10800, price: 0.5, known: false, rank: 1 },
    ]);
  });

  it("finds the middle of a flat price", () => {
    const message = { ...samplePlan(), import_price: samplePlan().start.map(() => 0.3) };
    expect(new Set(priceHours(message, 24).map(({ rank }) => rank))).toEqual(new Set([0.5]));
  });
});

describe("prices card", () => {
  afterEach(() => document.body.replaceChildren());

  const open = async (config: object, message = samplePlan()): Promise<ShadowRoot> => {
    const connection = new FakeConnection();
    const card = document.createElement("shems-prices-card") as ShemsPricesCard;
    card.setConfig({ type: "custom:shems-prices-card", ...config });
    card.hass = fakeHass("en", connection);
    document.body.append(card);
    await card.updateComplete;
    await Promise.resolve();
    connection.send(message);
    await card.updateComplete;
    return card.shadowRoot!;
  };

  it.each(["ring", "bars"])("draws every hour as %s and says it in words", async (shape) => {
    const root = await open({ shape });
    const hours = root.querySelectorAll(".hour");
    expect(hours).toHaveLength(shape === "ring" ? 24 : 36);
    expect(hours[0]!.classList).toContain("current");
    expect(root.querySelectorAll(".hour.guessed").length).toBeGreaterThan(0);
    const label = root.querySelector("svg")!.getAttribute("aria-label")!;
    expect(label).toMatch(/12:00 €0\.\d{3}\/kWh, 13:00 -€0\.\d{3}\/kWh/);
    expect(root.textContent).toContain("Cheapest");
  });

  it("says that prices are not known, rather than to draw zeros", async () => {
    const message = { ...samplePlan(), import_price: samplePlan().start.map(() => null) };
    const root = await open({}, message);
    expect(root.querySelector("svg")).toBeNull();
    expect(root.textContent).toContain("not known yet");
  });

  it("shows the price of this minute to who joins a subscription that is old", async () => {
    vi.useFakeTimers();
    const connection = new FakeConnection();
    const add = async (): Promise<ShemsPricesCard> => {
      const card = document.createElement("shems-prices-card") as ShemsPricesCard;
      card.setConfig({ type: "custom:shems-prices-card" });
      card.hass = fakeHass("en", connection);
      document.body.append(card);
      await vi.advanceTimersByTimeAsync(0);
      await card.updateComplete;
      return card;
    };
    const price = (card: ShemsPricesCard) =>
      card.shadowRoot!.querySelector("text.now")!.textContent.trim();
    const first = await add();
    const [start, end] = [[NOW, NOW + 240], [NOW + 240, NOW + 7200]];
    const change = { start, end, import_price: [0.282, 0.273], price_known: [true, true] };
    connection.send({ ...samplePlan(), ...change });
    await first.updateComplete;
    expect(price(first)).toBe("0.282");
    await vi.advanceTimersByTimeAsync(270_000);
    expect(price(await add())).toBe("0.273");
    expect(connection.asked).toHaveLength(1);
    vi.useRealTimers();
  });

  it("refuses a shape that it cannot draw", () => {
    const card = new ShemsPricesCard();
    expect(() => card.setConfig({ type: "x", shape: "cube" as never })).toThrow("ring, bars");
  });
});
