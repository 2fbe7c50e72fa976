import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Figures, Report } from "../src/report/payload";
import type { ShemsReportCard } from "../src/report/report-card";
import { FakeConnection, fakeHass } from "./home";

await import("./cards");

const figures = (cost: number | null, changed: Partial<Figures> = {}): Figures => ({
  cost,
  saving: 0.4,
  bought_kwh: 8,
  sold_kwh: 2,
  income: 0.16,
  load_kwh: 11.5,
  solar_kwh: 6,
  self_consumption: 0.66,
  self_sufficiency: 0.3,
  carbon_kg: null,
  ...changed,
});

const REPORT: Report = {
  currency: "EUR",
  start: "2026-06-10T00:00:00+02:00",
  end: "2026-06-10T12:00:00+02:00",
  coverage: 0.9,
  below_zero: { kept_kwh: 1.5, kept_value: 0.06 },
  figures: figures(2.5),
  before: { start: "", end: "", figures: figures(3) },
  weather: { change: -0.12, degree_days: 4, degree_days_before: 3 },
  plan: { days: 1, expected: { cost: 2.2 }, happened: { cost: 2.4 } },
};

describe("report card", () => {
  let asked: Record<string, unknown>[];
  let answer: (data: Record<string, unknown>) => Promise<Report>;

  beforeEach(() => {
    vi.useFakeTimers();
    asked = [];
    answer = async () => REPORT;
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  const settle = async (card: ShemsReportCard): Promise<void> => {
    await vi.advanceTimersByTimeAsync(0);
    await card.updateComplete;
  };

  const show = async (config: Record<string, unknown> = {}): Promise<ShemsReportCard> => {
    const card = document.createElement("shems-report-card") as ShemsReportCard;
    card.setConfig({ type: "custom:shems-report-card", ...config });
    card.hass = {
      ...fakeHass("en", new FakeConnection()),
      callWS: async <T>(sent: Record<string, unknown>): Promise<T> => {
        const data = sent.service_data as Record<string, unknown>;
        asked.push(sent);
        return { response: await answer(data) } as T;
      },
    };
    document.body.append(card);
    await settle(card);
    await settle(card);
    return card;
  };

  const text = (card: HTMLElement): string =>
    (card.shadowRoot!.querySelector("ha-card")?.textContent ?? "").replace(/\s+/g, " ").trim();

  const choose = async (card: ShemsReportCard, period: string): Promise<void> => {
    const select = card.shadowRoot!.querySelector("select")!;
    select.value = period;
    select.dispatchEvent(new Event("change"));
    await settle(card);
  };

  it("asks for today of the home it is about, and shows it beside before", async () => {
    const card = await show({ entry_id: "abc" });
    expect(asked).toMatchObject([
      {
        domain: "shems",
        service: "report",
        service_data: { config_entry_id: "abc", period: "day" },
        return_response: true,
      },
    ]);
    const rows = [...card.shadowRoot!.querySelectorAll("tbody tr")].map((row) =>
      (row.textContent ?? "").replace(/\s+/g, " ").trim(),
    );
    expect(rows[0]).toBe("Cost €2.50 €3.00");
    expect(rows.some((row) => row.startsWith("CO₂"))).toBe(false);
    expect(text(card)).toMatch(/12\s?% less was used than before in the same weather/);
    expect(text(card)).toMatch(/90\s?% of the time/);
    expect(text(card)).toContain("1.5 kWh less were fed in at prices below zero");
    expect(text(card)).toContain("Planned €2.20, became €2.40");
  });

  it("asks again for another period, and drops what comes late", async () => {
    let late: (report: Report) => void = () => undefined;
    const card = await show();
    answer = ({ period }) =>
      period === "week"
        ? new Promise((resolve) => (late = resolve))
        : Promise.resolve({ ...REPORT, figures: figures(99) });
    await choose(card, "week");
    await choose(card, "month");
    late({ ...REPORT, figures: figures(7) });
    await settle(card);
    expect(asked.map((each) => (each.service_data as { period: string }).period)).toEqual([
      "day",
      "week",
      "month",
    ]);
    expect(text(card)).toContain("€99.00");
    expect(text(card)).not.toContain("€7.00");
  });

  it("asks again after five minutes, and no more once it is gone", async () => {
    const card = await show();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(asked).toHaveLength(2);
    card.remove();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toHaveLength(2);
  });

  it("tells that nothing was measured, and more used in the same weather", async () => {
    const none = Object.fromEntries(
      Object.keys(REPORT.figures).map((name) => [name, null]),
    ) as Figures;
    answer = async () => ({ ...REPORT, figures: none, before: { ...REPORT.before, figures: none } });
    expect(text(await show())).toContain("Nothing was measured yet");
    answer = async () => ({
      ...REPORT,
      coverage: 1,
      plan: null,
      weather: { change: 0.1, degree_days: 4, degree_days_before: 3 },
    });
    expect(text(await show())).toMatch(/10\s?% more was used/);
    answer = async () => ({
      ...REPORT,
      weather: { change: -0.004, degree_days: 4, degree_days_before: 3 },
    });
    expect(text(await show())).toContain("As much was used as before in the same weather");
  });

  it("says why there is no report, and tries again", async () => {
    answer = async () => {
      throw { code: "home_not_named", message: "There are several homes" };
    };
    const card = await show();
    expect(text(card)).toContain("There are several homes");
    answer = async () => REPORT;
    card.shadowRoot!.querySelector<HTMLButtonElement>("[role=alert] button")!.click();
    await settle(card);
    await settle(card);
    expect(text(card)).toContain("€2.50");
  });
});
