import { afterEach, describe, expect, it, vi } from "vitest";

import { CARDS, tagOf } from "../src/catalog";
import type { HomeAssistant } from "../src/ha";
import { FakeConnection, fakeHass, withDevices } from "./home";

interface Listed {
  type: string;
  name: string;
  description: string;
  strategyType?: string;
  getEntitySuggestion?: (hass: HomeAssistant, id: string) => unknown;
}

interface Lazy extends HTMLElement {
  hass: HomeAssistant;
  setConfig(config: object): void;
  getGridOptions(): object;
}

const shared = window as unknown as { customCards: Listed[]; customStrategies: Listed[] };

await import("../src/index");

/** Wait as long as a busy machine may take to load a card. */
const soon = (met: () => void): Promise<void> => vi.waitFor(met, { timeout: 20_000 });

const card = (type: string): Listed => shared.customCards.find((each) => each.type === type)!;

describe("entry module", () => {
  afterEach(() => document.body.replaceChildren());

  it("lists every card and the strategy once, even when loaded twice", async () => {
    vi.resetModules();
    await import("../src/index");
    expect(shared.customCards.map((each) => each.type)).toEqual(
      CARDS.map(({ name }) => tagOf(name)),
    );
    expect(shared.customStrategies).toMatchObject([{ type: "shems", strategyType: "dashboard" }]);
    expect(customElements.get("ll-strategy-dashboard-shems")).toBeDefined();
  });

  it("names and describes each of them", async () => {
    await soon(() => expect(card("shems-plan-card").name).toBe("SHEMS plan"));
    for (const { type, name, description } of [...shared.customCards, ...shared.customStrategies]) {
      expect(name, type).not.toContain(".name");
      expect(description, type).not.toContain(".description");
    }
  });

  it("suggests cards for the entities whose values they show", () => {
    const hass = withDevices(fakeHass(), [
      { id: "Home", has: ["sensor.plan_status", "sensor.saving_today"] },
      { id: "Lamp", has: ["light.sim_light"] },
      { id: "Street", has: ["sensor.community_price"] },
      { id: "Boiler", has: ["select.mode", "number.target"] },
    ]);
    const suggested = (entity: string): string[] =>
      shared.customCards
        .filter((each) => each.getEntitySuggestion?.(hass, entity))
        .map((each) => each.type);
    expect(card("shems-plan-card").getEntitySuggestion!(hass, "sensor.home_plan_status")).toEqual({
      config: { type: "custom:shems-plan-card", entry_id: "entry-1" },
    });
    expect(card("shems-device-card").getEntitySuggestion!(hass, "select.boiler_mode")).toEqual({
      config: { type: "custom:shems-device-card", entry_id: "entry-1", device: "Boiler" },
    });
    expect(suggested("sensor.home_saving_today")).toContain("shems-savings-card");
    expect(suggested("sensor.home_plan_status")).not.toContain("shems-savings-card");
    expect(suggested("sensor.street_community_price")).toEqual(["shems-community-card"]);
    expect(suggested("light.lamp_sim_light")).toEqual([]);
    expect(suggested("light.other")).toEqual([]);
  });

  it("fetches a card when it is shown, with what it was given before and after", async () => {
    const element = document.createElement("shems-savings-card") as Lazy;
    const connection = new FakeConnection();
    element.setConfig({ type: "custom:shems-savings-card", entry_id: "abc" });
    element.hass = fakeHass("en", connection);
    expect(element.getGridOptions()).toMatchObject({ columns: 12, min_columns: 6 });
    expect(element.children).toHaveLength(0);
    document.body.append(element);
    await soon(() => expect(connection.asked).toHaveLength(1));
    expect(connection.asked[0]).toEqual({ type: "shems/savings/subscribe", entry_id: "abc" });
    element.setConfig({ type: "custom:shems-savings-card", entry_id: "other" });
    element.hass = fakeHass("en", connection);
    await soon(() => expect(connection.asked).toHaveLength(2));
  });

  it("says what is wrong with a configuration", async () => {
    const element = document.createElement("shems-plan-card") as Lazy;
    element.setConfig({ type: "custom:shems-plan-card", hours: 1000 });
    document.body.append(element);
    await soon(() => expect(element.textContent).toContain("hours must be"));
    element.remove();
  });

  it("gives the editor each card's form and something to begin with", async () => {
    for (const { name } of CARDS) {
      const element = customElements.get(tagOf(name)) as unknown as {
        getStubConfig(hass?: HomeAssistant): Promise<object>;
        getConfigForm(): Promise<{ schema: { name: string }[] }>;
      };
      expect(await element.getStubConfig()).toEqual({ type: `custom:${tagOf(name)}` });
      const { schema } = await element.getConfigForm();
      expect(schema.map((field) => field.name)).toContain("entry_id");
    }
  });

  it("offers every card for some entity", () => {
    const keys: Record<string, string> = {
      plan: "sensor.plan_cost_today",
      flow: "sensor.grid_power",
      prices: "sensor.import_price",
      device: "switch.allow_control",
      savings: "sensor.saving_month",
      tips: "todo.tip_list",
      "what-if": "sensor.what_if",
      inferred: "sensor.inferred_solar",
      alerts: "event.alert",
      community: "sensor.community_need",
      history: "sensor.cost_today",
      report: "sensor.carbon_today",
    };
    const hass = withDevices(fakeHass(), [{ id: "Home", has: Object.values(keys) }]);
    for (const { name } of CARDS) {
      const entity = keys[name]!.replace(".", ".home_");
      const offered = card(tagOf(name)).getEntitySuggestion!(hass, entity);
      expect(offered, name).toMatchObject({ config: { type: `custom:${tagOf(name)}` } });
    }
  });

  it("begins with one of several homes, and with a device where it is about one", async () => {
    const hass = withDevices(fakeHass(), [
      { id: "Flat", entry: "entry-1", has: ["sensor.plan_status"] },
      { id: "Boiler", entry: "entry-1", has: ["select.mode"] },
      { id: "House", entry: "entry-2", has: ["sensor.plan_status"] },
      { id: "Street", entry: "entry-3", has: ["sensor.community_price"] },
    ]);
    const stubOf = (name: string): Promise<object> =>
      (
        customElements.get(tagOf(name)) as unknown as {
          getStubConfig(hass: HomeAssistant): Promise<object>;
        }
      ).getStubConfig(hass);
    expect(await stubOf("flow")).toEqual({ type: "custom:shems-flow-card", entry_id: "entry-1" });
    expect(await stubOf("device")).toMatchObject({ entry_id: "entry-1", device: "Boiler" });
    expect(await stubOf("community")).toEqual({ type: "custom:shems-community-card" });
  });
});
