import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { TipsMessage } from "../src/tips/payload";
import type { ShemsTipsCard } from "../src/tips/tips-card";
import { FakeConnection, fakeHass } from "./home";

await import("./cards");

const TEXTS = {
  "component.shems.common.tip_standby_title": "Standby has risen by {rise} W",
  "component.shems.common.tip_standby_text": "It is {now} W.",
  "component.shems.common.tip_standby_how": "Find it.",
};

const MESSAGE: TipsMessage = {
  entry_id: "abc",
  currency: "EUR",
  may_say: true,
  searched: 1_700_000_000,
  searching: false,
  problem: null,
  tips: [
    {
      tip: "standby",
      code: "standby",
      device: null,
      state: "open",
      until: null,
      value: { low: 100, median: 120, high: 150 },
      confidence: 0.97,
      effort: "habit",
      since: 1_690_000_000,
      found: 1_695_000_000,
      args: { rise: 50, now: 1250 },
    },
  ],
};

describe("tips card", () => {
  let connection: FakeConnection;
  let called: Record<string, unknown>[];

  beforeEach(() => {
    vi.useFakeTimers();
    connection = new FakeConnection();
    called = [];
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  const show = async (message: TipsMessage, refuse?: unknown): Promise<string> => {
    const card = document.createElement("shems-tips-card") as ShemsTipsCard;
    card.setConfig({ type: "custom:shems-tips-card", entry_id: "abc" });
    card.hass = {
      ...fakeHass("en"),
      connection,
      callWS: async <T>(asked: Record<string, unknown>): Promise<T> => {
        if (asked.type === "frontend/get_translations") return { resources: TEXTS } as T;
        called.push(asked);
        if (refuse) throw refuse;
        return {} as T;
      },
    };
    document.body.append(card);
    await vi.advanceTimersByTimeAsync(0);
    connection.send(message);
    await vi.advanceTimersByTimeAsync(0);
    await card.updateComplete;
    return text();
  };
  const root = () => document.querySelector("shems-tips-card")?.shadowRoot;
  const text = () => root()?.textContent?.replace(/\s+/g, " ") ?? "";
  const press = async (label: string): Promise<void> => {
    const buttons = [...(root()?.querySelectorAll("button") ?? [])];
    buttons.find((each) => each.textContent?.trim() === label)?.click();
    await vi.advanceTimersByTimeAsync(0);
  };

  it("tells what could be done and what it brings", async () => {
    const shown = await show(MESSAGE);
    expect(shown).toContain("Standby has risen by 50 W");
    expect(shown).toContain("It is 1,250 W.");
    expect(shown).toContain("€120.00 a year");
    expect(shown).toContain("€100.00 to €150.00");
    expect(shown).toContain("97 %");
  });

  it.each([
    ["Done", "done"],
    ["Later", "snooze"],
    ["Not for us", "dismiss"],
  ])("says %s", async (label, saying) => {
    await show(MESSAGE);
    await press(label);
    expect(called).toEqual([
      {
        type: "call_service",
        domain: "shems",
        service: "tip",
        service_data: { config_entry_id: "abc", do: saying, tip: "standby" },
      },
    ]);
  });

  it("shows what was said at once, and what there is where that is refused", async () => {
    let answer!: (refusal?: unknown) => void;
    await show(MESSAGE);
    const card = document.querySelector<ShemsTipsCard>("shems-tips-card")!;
    card.hass = {
      ...card.hass!,
      callWS: <T>(): Promise<T> =>
        new Promise<T>((done, refuse) => {
          answer = (refusal) => (refusal ? refuse(refusal) : done({} as T));
        }),
    };
    await press("Not for us");
    expect(text()).toContain("Done, put off or dismissed: 1");
    answer(new Error("Not now"));
    await vi.advanceTimersByTimeAsync(0);
    expect(text()).not.toContain("Done, put off or dismissed");
    expect(text()).toContain("Not now");
  });

  it("opens again what was put off", async () => {
    const tips = MESSAGE.tips.map((tip) => ({ ...tip, state: "snoozed" as const }));
    expect(await show({ ...MESSAGE, tips })).toContain("Done, put off or dismissed: 1");
    await press("Open again");
    expect(called).toHaveLength(1);
  });

  it("shows no buttons to whoever may not say anything", async () => {
    await show({ ...MESSAGE, may_say: false });
    expect(root()?.querySelector("button")).toBeNull();
  });

  it("tells why there are none", async () => {
    expect(await show({ ...MESSAGE, tips: [] })).toContain("nothing that would be worth doing");
    document.body.replaceChildren();
    expect(await show({ ...MESSAGE, tips: [], searched: null })).toContain("once a week");
    document.body.replaceChildren();
    const problem = { code: "tips_overdue", args: {} };
    expect(await show({ ...MESSAGE, tips: [], problem })).toContain("in time");
  });

  it("tells what was refused", async () => {
    await show(MESSAGE, { message: "There is no tip" });
    await press("Look now");
    expect(text()).toContain("There is no tip");
  });
});
