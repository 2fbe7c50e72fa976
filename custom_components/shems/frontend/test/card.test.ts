import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { ShemsPlanCard } from "../src/card/plan-card";
import { loadWords } from "../src/localize";
import type { PlanMessage } from "../src/payload";
import { FakeConnection, fakeHass } from "./home";
import { samplePlan } from "./sample";

await import("./cards");

const settle = async (card: ShemsPlanCard): Promise<void> => {
  await vi.advanceTimersByTimeAsync(0);
  await card.updateComplete;
};

const open = async (
  connection: FakeConnection,
  config: object = {},
  language = "en",
): Promise<ShemsPlanCard> => {
  const card = document.createElement("shems-plan-card") as ShemsPlanCard;
  card.setConfig({ type: "custom:shems-plan-card", ...config });
  card.hass = fakeHass(language, connection);
  document.body.append(card);
  await settle(card);
  await loadWords(language);
  await settle(card);
  return card;
};

const text = (card: ShemsPlanCard): string =>
  (card.shadowRoot?.querySelector("ha-card")?.textContent ?? "").replace(/\s+/g, " ").trim();

describe("plan card", () => {
  let connection: FakeConnection;

  beforeEach(() => {
    vi.useFakeTimers();
    connection = new FakeConnection();
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  const show = async (message: PlanMessage, config: object = {}, language = "en") => {
    const card = await open(connection, config, language);
    connection.send(message);
    await settle(card);
    return card;
  };

  it("asks for its home's plan and gives the subscription back when removed", async () => {
    const card = await open(connection, { entry_id: "abc" });
    expect(connection.asked).toEqual([{ type: "shems/plan/subscribe", entry_id: "abc" }]);
    card.remove();
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.released).toBe(1);
  });

  it("tells how long solving took in seconds, as the user writes numbers", async () => {
    const after = async (solve_ms: number | null, language = "en") =>
      text(await show({ ...samplePlan(), solve_ms }, {}, language));
    expect(await after(4338)).toContain("solved in 4.3 s");
    expect(await after(92)).toContain("solved in 0.09 s");
    expect(await after(12_600)).toContain("solved in 13 s");
    expect(await after(4338, "de")).toContain("gelöst in 4,3 s");
    expect(await after(null)).not.toContain("solved");
  });

  it("shows what devices do, when they run and why", async () => {
    const plan = samplePlan();
    const steps = plan.start.length;
    const device = {
      id: "car",
      name: "Car",
      kind: "vehicle" as const,
      proposed: false,
      power_kw: plan.start.map((_, index) => (index >= 12 && index < 16 ? 8 : 0)),
      state: null,
      value: null,
      reason: Array.from({ length: steps }, () => ({ code: "device_idle", args: {} })),
      now: {
        power_kw: 0,
        reason: { code: "device_waits", args: { price: 0.3, later: 0.1, at: plan.now + 3600 } },
        setpoint: null,
        shortfalls: [
          { code: "energy_short", amount: 2, unit: "kWh", at: "2026-06-19T16:00:00Z", nearest: null },
        ],
      },
    };
    const left = {
      ...device,
      id: "pump",
      name: "Pump",
      kind: "deferrable" as const,
      power_kw: [],
      reason: [],
      now: {
        ...device.now,
        reason: { code: "device_unseen", args: { device: "Pump", entity: "sensor.pump" } },
        shortfalls: [],
      },
    };
    const running = {
      ...device,
      id: "boiler",
      name: "Boiler",
      kind: "water" as const,
      proposed: true,
      power_kw: plan.start.map((_, index) => (index < 12 ? 2 : 0)),
      now: { ...device.now, reason: null, shortfalls: [] },
    };
    plan.devices = [device, left, running];
    const shown = text(await show(plan));
    expect(shown).toContain("13:05 – 13:45 5.3 kWh Car It waits until 13:05");
    expect(shown).toContain("It lacks 2.0 kWh by 18:00.");
    expect(shown).toContain("Not planned Pump sensor.pump says nothing");
    expect(shown).toMatch(/Now, until [\d:]+ [\d.]+ kWh Boiler Only a proposal/);
    expect(shown.match(/Only a proposal/g)).toHaveLength(1);
    expect(text(await show(samplePlan()))).not.toContain("Devices");
  });

  it("says what was asked of a battery and cannot be had", async () => {
    const plan = samplePlan();
    plan.batteries[0]!.shortfalls = [
      { code: "energy_short", amount: 2, unit: "kWh", at: "2026-06-19T16:00:00Z", nearest: 7.5 },
    ];
    expect(text(await show(plan))).toContain("It lacks 2.0 kWh by 18:00: 7.5 kWh can be had.");
  });

  it("subscribes once though states change all the time", async () => {
    const card = await open(connection);
    for (let i = 0; i < 5; i += 1) {
      card.hass = { ...card.hass!, states: {} };
      await settle(card);
    }
    expect(connection.asked).toHaveLength(1);
  });

  it("subscribes anew after a lost connection and says so meanwhile", async () => {
    const card = await show(samplePlan());
    connection.drop();
    await settle(card);
    expect(text(card)).toContain("No connection. This is the last plan");
    expect(text(card)).toContain("€0.87");
    connection.fire("ready");
    await settle(card);
    expect(connection.asked).toHaveLength(2);
    connection.send({
      ...samplePlan(),
      cost: { plan: 9, without_battery: 10, self_consumption: 9 },
    });
    await settle(card);
    expect(text(card)).toContain("€9.00");
    expect(text(card)).not.toContain("No connection");
  });

  it("explains an error and tries again until the plan comes", async () => {
    connection.refuse = { code: "unknown_command", message: "Unknown command." };
    const card = await open(connection);
    expect(text(card)).toContain("SHEMS is not running");
    expect(card.shadowRoot?.querySelector("a")?.getAttribute("href")).toContain("shems");
    connection.refuse = null;
    await vi.advanceTimersByTimeAsync(2000);
    connection.send(samplePlan());
    await settle(card);
    expect(text(card)).toContain("What happens next");
  });

  it.each([
    ["not_found", "This home was not found"],
    ["unauthorized", "No permission"],
    ["boom", "Home Assistant answered: it broke"],
  ])("has words for the error %s", async (code, words) => {
    connection.refuse = { code, message: "it broke" };
    expect(text(await open(connection))).toContain(words);
  });

  it("follows another home after its settings change", async () => {
    const card = await show(samplePlan(), { entry_id: "a" });
    card.setConfig({ type: "custom:shems-plan-card", entry_id: "b" });
    await settle(card);
    expect(connection.released).toBe(1);
    expect(connection.asked[1]).toMatchObject({ entry_id: "b" });
    expect(text(card)).not.toContain("Demo home");
  });

  it("shows cost, savings, status and dry run", async () => {
    const card = await show(samplePlan());
    expect(text(card)).toContain("Dry run");
    expect(text(card)).toContain("Optimised");
    expect(text(card)).toContain("€1.54 64 %");
    const armed = await show({ ...samplePlan(), dry_run: false });
    expect(text(armed)).not.toContain("Dry run");
  });

  it("tells where forecasts come from and how good they were", async () => {
    const card = await show(samplePlan());
    expect(text(card)).toMatch(/Load: learned until .*\d, error 14 % below the 7-day mean's/);
    expect(text(card)).toContain("Solar: forecast of your provider");
    const { load, solar } = samplePlan().provenance;
    const mixed = await show({
      ...samplePlan(),
      provenance: {
        load: { ...load, source: "mix+unheard", skill: -0.03 },
        solar: { ...solar, source: "unheard" },
      },
    });
    expect(text(mixed)).toContain("error 3 % above the 7-day mean's");
    expect(text(mixed)).not.toContain("Solar: ");
    const german = await show(samplePlan(), {}, "de");
    expect(text(german)).toContain("Solar: Prognose deines Anbieters");
  });

  it("tells the next actions with their reasons in the user's language", async () => {
    const card = await show(samplePlan(), {}, "de");
    expect(text(card)).toContain("Was als Nächstes passiert");
    expect(text(card)).toContain("Solarüberschuss speichern");
    expect(card.shadowRoot?.querySelectorAll("li")).toHaveLength(5);
  });

  it.each([
    ["waiting", { start: [], end: [] }, "The first plan is being made"],
    ["safe", { problem: { code: "prices_missing", args: {} } }, "The current price is missing."],
    ["rule", {}, "Running on the simple rule"],
    ["off", {}, "The optimiser is switched off"],
  ] as const)("says what to do in the state %s", async (status, changes, words) => {
    const card = await show({ ...samplePlan(), status, ...changes } as PlanMessage);
    expect(text(card)).toContain(words);
  });

  it("names what is missing while it plans, and what it does meanwhile", async () => {
    const lost = { entity: "sensor.car", device: "Car", shown: "-" };
    const held = { code: "input_unavailable", args: lost, stage: "held" } as const;
    const card = await show({ ...samplePlan(), problems: [held] });
    expect(text(card)).toContain("sensor.car (Car) is unavailable.");
    expect(text(card)).toContain("The last known values are used meanwhile.");
    const refused = { code: "device_refuses", args: { device: "Boiler" }, stage: "without" } as const;
    const more = await show({ ...samplePlan(), problems: [held, refused] });
    expect(text(more)).toContain("Boiler does not follow its commands.");
    expect(text(more)).toContain("The plan does without it meanwhile.");
    expect(text(await show({ ...samplePlan(), problems: [] }))).not.toContain("Something is missing");
  });

  it("notices by its own clock that plans have stopped coming", async () => {
    const card = await show(samplePlan());
    expect(text(card)).not.toContain("This plan is from");
    await vi.advanceTimersByTimeAsync(30 * 60 * 1000);
    await card.updateComplete;
    expect(text(card)).toContain("This plan is from 12:05");
  });

  it("offers all figures as a table", async () => {
    const card = await show(samplePlan());
    const details = card.shadowRoot!.querySelector("details")!;
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
    await settle(card);
    expect(card.shadowRoot!.querySelectorAll("tbody tr")).toHaveLength(36);
    expect(card.shadowRoot!.querySelector("caption")?.textContent).toContain("Plan by the hour");
  });

  it("refuses settings it cannot use, in words", () => {
    const card = new ShemsPlanCard();
    const configure = (config: object) => () =>
      card.setConfig({ type: "custom:shems-plan-card", ...config });
    expect(configure({ hours: 3 })).toThrow("hours must be a number from 6 to 72");
    expect(configure({ hours: "36" })).toThrow("hours");
    expect(configure({ entry_id: 7 })).toThrow("entry_id");
    expect(configure({ hours: 48, title: "Mine" })).not.toThrow();
  });
});

describe("plan card in the editor", () => {
  it("describes itself to the dashboard editor", () => {
    const form = ShemsPlanCard.getConfigForm() as {
      schema: { name: string }[];
      computeLabel: (schema: { name: string }) => string;
    };
    expect(form.schema.map((field) => field.name)).toEqual(["entry_id", "title", "hours"]);
    expect(form.schema.map(form.computeLabel)).toEqual(["Home", "Title", "Hours ahead"]);
  });
});
