import { afterEach, describe, expect, it } from "vitest";

import { plannedCost } from "../src/history/bars";
import type { ShemsHistoryCard } from "../src/history/history-card";
import type { History } from "../src/history/payload";
import { FakeConnection, fakeHass } from "./home";
import { NOW } from "./sample";

await import("./cards");

const DAY = 86400;

const sample = (change: Partial<History> = {}): History => ({
  entry_id: "entry-1",
  currency: "EUR",
  step: "day",
  rows: [
    { start: NOW - DAY, end: NOW, cost: 4.5, saving: 0.8, expected: 4, happened: 4.3 },
    { start: NOW, end: NOW + DAY, cost: 1.2, saving: null, expected: null, happened: null },
  ],
  scores: {
    load: { days: 14, mae: 0.3, bias: 0, coverage_80: 0.81, skill: 0.12 },
    temperature: { days: 7, mae: 1.24, bias: 0, coverage_80: 0.7, skill: null },
  },
  ...change,
});

describe("history card", () => {
  afterEach(() => document.body.replaceChildren());

  const open = async (answer: () => Promise<History>) => {
    const asked: Record<string, unknown>[] = [];
    const hass = fakeHass("en", new FakeConnection());
    hass.callWS = (async (message: Record<string, unknown>) => {
      asked.push(message);
      return answer();
    }) as never;
    const card = document.createElement("shems-history-card") as ShemsHistoryCard;
    card.setConfig({ type: "custom:shems-history-card", entry_id: "entry-1" });
    card.hass = hass;
    document.body.append(card);
    await new Promise((done) => setTimeout(done));
    await card.updateComplete;
    const root = card.shadowRoot!;
    return { card, asked, root, text: () => root.textContent.replace(/\s+/g, " ") };
  };

  it("marks the plan as far from the cost as it was from what became of it", () => {
    const [over, running] = sample().rows;
    expect(plannedCost(over!)).toBeCloseTo(4.2);
    expect(plannedCost(running!)).toBeNull();
  });

  it("draws cost, saving and plan of each day, and lists them with dashes for the unknown", async () => {
    const { root, text } = await open(async () => sample());
    expect(root.querySelectorAll("rect.cost")).toHaveLength(2);
    expect(root.querySelectorAll("rect.saving")).toHaveLength(1);
    expect(root.querySelectorAll("line.planned")).toHaveLength(1);
    expect(root.querySelector("svg")!.getAttribute("aria-label")).toContain("€5.70");
    const cells = [...root.querySelectorAll("tbody tr")].map((row) =>
      [...row.querySelectorAll("td")].map((cell) => cell.textContent),
    );
    expect(cells).toEqual([
      ["€1.20", "–", "–", "–"],
      ["€4.50", "€0.80", "€4.00", "€4.30"],
    ]);
    expect(text()).toContain("Load: 300 W off on average over 14 days; 81 %");
    expect(text()).toContain("error 12 % below the 7-day mean's");
    expect(text()).toContain("Temperature: 1.2 °C off");
  });

  it("asks for months where these are chosen", async () => {
    const { root, asked, card } = await open(async () => sample());
    const select = root.querySelector("select")!;
    select.value = "month";
    select.dispatchEvent(new Event("change"));
    await card.updateComplete;
    expect(asked.map((each) => each.step)).toEqual(["day", "month"]);
    expect(asked[0]).toMatchObject({ type: "shems/history", entry_id: "entry-1" });
  });

  it("says that nothing was measured yet, and what went wrong", async () => {
    const empty = await open(async () => sample({ rows: [], scores: {} }));
    expect(empty.text()).toContain("Nothing was measured yet");
    expect(empty.root.querySelector("h3")).toBeNull();
    const failed = await open(async () => {
      throw { code: "unauthorized", message: "No" };
    });
    expect(failed.text()).toContain("No permission");
  });
});
