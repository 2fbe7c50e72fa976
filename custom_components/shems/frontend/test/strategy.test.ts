import { describe, expect, it } from "vitest";

import type { CardConfig, HomeAssistant, ViewConfig } from "../src/ha";
import { ShemsDashboardStrategy } from "../src/strategy/dashboard";
import { type FakeDevice, fakeHass, withDevices } from "./home";

const HUB: FakeDevice = {
  id: "Home",
  has: [
    "switch.optimiser",
    "button.recompute",
    "sensor.plan_status",
    "sensor.grid_power",
    "sensor.load_power",
    "sensor.solar_power",
    "sensor.import_price",
    "sensor.saving_total",
    "sensor.self_sufficiency",
    "sensor.plan_time?",
  ],
};
const BATTERY: FakeDevice = {
  id: "Battery",
  has: [
    "switch.allow_control",
    "select.mode",
    "number.reserve!",
    "number.target!",
    "sensor.planned_power",
    "sensor.state_of_charge",
    "sensor.battery_power",
  ],
};
const SIMULATED: FakeDevice = {
  id: "Lamp",
  has: ["light.sim_light", "sensor.sim_power", "number.sim_latency!", "sensor.sim_debug?"],
};

const generate = async (
  devices: FakeDevice[],
  config: { entry_id?: string } = {},
  change: (hass: HomeAssistant) => void = () => undefined,
): Promise<ViewConfig[]> => {
  const hass = withDevices(fakeHass(), devices);
  change(hass);
  return (await ShemsDashboardStrategy.generate(config, hass)).views;
};

const energyOn = (hass: HomeAssistant): void => {
  hass.callWS = (async () => ({ energy_sources: [{ type: "grid" }, { type: "solar" }] })) as never;
};

const at = (views: ViewConfig[], path: string): ViewConfig | undefined =>
  views.find((view) => view.path === path);

const cardsOf = (view: ViewConfig | undefined): CardConfig[] =>
  view?.sections.flatMap((section) => section.cards) ?? [];
const cardFor = (view: ViewConfig | undefined, entity: string): CardConfig | undefined =>
  cardsOf(view).find((card) => card.entity === entity);
const types = (view: ViewConfig | undefined): string[] => cardsOf(view).map((card) => card.type);

describe("dashboard strategy", () => {
  it("opens on what flows now, bound to its home", async () => {
    const [now] = await generate([HUB, BATTERY]);
    expect(now!.path).toBe("now");
    expect(now!.sections[0]!.cards[0]).toEqual({
      type: "custom:shems-flow-card",
      entry_id: "entry-1",
      grid_options: { columns: "full" },
    });
    expect(types(now)).toEqual(
      expect.arrayContaining(["custom:shems-prices-card", "custom:shems-alerts-card"]),
    );
  });

  it("has a view for each thing one asks, and the simulated home only where there is one", async () => {
    const paths = (views: ViewConfig[]) => views.map((view) => view.path);
    const usual = ["now", "plan", "history", "savings", "tips", "what-if", "home"];
    expect(paths(await generate([HUB, BATTERY]))).toEqual(usual);
    expect(paths(await generate([HUB, BATTERY, SIMULATED]))).toEqual([...usual, "sim"]);
  });

  it("gives each device a card of its own now, and the plan two days at full width", async () => {
    const [now, plan] = await generate([HUB, BATTERY]);
    expect(cardsOf(now).filter((card) => card.device)).toMatchObject([
      { type: "custom:shems-device-card", device: "Battery", entry_id: "entry-1" },
    ]);
    expect(plan!.sections).toMatchObject([
      { column_span: 4, cards: [{ type: "custom:shems-plan-card", hours: 48 }] },
    ]);
  });

  it("says at the simulated devices how to be rid of them", async () => {
    const [about] = cardsOf(at(await generate([HUB, SIMULATED]), "sim"));
    expect(about).toMatchObject({ type: "markdown" });
    expect(about!.content).toContain("/config/integrations/integration/shems");
  });

  it("stacks devices into columns of the same height, batteries and cars before others", async () => {
    const named = ["Air", "Boiler", "Dryer", "Fan", "Pump"].map((id) => ({
      id,
      has: ["select.mode"],
    }));
    const car = { id: "Zoe", has: ["time.ready_by"] };
    const [now, plan] = await generate([HUB, BATTERY, ...named, car]);
    expect([now!.max_columns, plan!.max_columns]).toEqual([3, 4]);
    const columns = now!.sections.map(({ cards }) => cards.flatMap(({ device }) => device ?? []));
    expect(columns.filter((each) => each.length > 0)).toEqual([
      ["Battery"],
      ["Zoe", "Air", "Boiler"],
      ["Dryer", "Fan", "Pump"],
    ]);
  });

  it("lets every control be used on its tile", async () => {
    const devices = at(await generate([HUB, BATTERY]), "home");
    expect(cardFor(devices, "switch.battery_allow_control")?.features).toEqual([
      { type: "toggle" },
    ]);
    expect(cardFor(devices, "select.battery_mode")?.features).toEqual([
      { type: "select-options" },
    ]);
    expect(cardFor(devices, "number.battery_reserve")?.features).toEqual([
      { type: "numeric-input", style: "slider" },
    ]);
    expect(cardFor(devices, "button.home_recompute")?.tap_action).toMatchObject({
      perform_action: "button.press",
    });
  });

  it("shows each device under its own heading, by the name the user gave", async () => {
    const home = at(await generate([HUB, { ...BATTERY, name_by_user: "Powerbank" }]), "home");
    const headings = cardsOf(home).filter((card) => card.type === "heading");
    expect(headings.map((card) => card.heading)).toContain("Powerbank");
  });

  it("lists every visible entity of a device and of the home exactly once among the devices", async () => {
    const devices = at(await generate([HUB, BATTERY]), "home");
    const shown = cardsOf(devices).flatMap((card) => (card.entity ? [card.entity as string] : []));
    expect(new Set(shown).size).toBe(shown.length);
    expect(shown).toEqual(
      expect.arrayContaining([
        "number.battery_target",
        "sensor.battery_battery_power",
        "sensor.home_plan_time",
      ]),
    );
  });

  it("uses the energy cards only where the Energy dashboard is set up", async () => {
    const without = await generate([HUB, BATTERY]);
    expect(without.flatMap(types).filter((type) => type.startsWith("energy-"))).toEqual([]);
    const views = await generate([HUB, BATTERY], {}, energyOn);
    expect(types(at(views, "savings"))).toContain("energy-distribution");
    expect(types(at(views, "history"))).toEqual(
      expect.arrayContaining(["energy-usage-graph", "energy-solar-graph", "energy-sources-table"]),
    );
  });

  it("shows the Energy dashboard only with the home whose meters are in it", async () => {
    const meter = { id: "Meter", has: ["sensor.sim_import"] };
    const second = { ...HUB, id: "Cabin", entry: "entry-2" };
    const other = { ...meter, id: "Cabin meter", entry: "entry-2" };
    const devices = [HUB, meter, second, other];
    const of = (statistic: string) => (hass: HomeAssistant) => {
      const energy_sources = [{ type: "grid", stat_energy_from: statistic }];
      hass.callWS = (async () => ({ energy_sources })) as never;
    };
    const shown = async (entry_id: string, statistic: string): Promise<boolean> => {
      const views = await generate(devices, { entry_id }, of(statistic));
      return views.flatMap(types).includes("energy-distribution");
    };
    expect(await shown("entry-1", "sensor.meter_sim_import")).toBe(true);
    expect(await shown("entry-2", "sensor.meter_sim_import")).toBe(false);
    // Meters of another integration are a real home's.
    expect(await shown("entry-1", "sensor.smart_meter")).toBe(false);
    const real = await generate([HUB, second, other], {}, of("sensor.smart_meter"));
    expect(real.map((view) => types(view).includes("energy-distribution"))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it("leaves history and statistics to Home Assistant's graphs", async () => {
    const views = await generate([HUB, BATTERY]);
    const graphs = cardsOf(at(views, "history")).filter((card) => card.type === "history-graph");
    expect(graphs.flatMap((card) => card.entities as string[])).toEqual(
      expect.arrayContaining(["sensor.home_grid_power", "sensor.battery_battery_power"]),
    );
    const savings = cardsOf(at(views, "savings")).find((card) => card.type === "statistics-graph");
    expect(savings).toMatchObject({
      entities: ["sensor.home_saving_total"],
      stat_types: ["change"],
    });
  });

  it("keeps the simulated home apart from what is planned", async () => {
    const views = await generate([HUB, BATTERY, SIMULATED]);
    const simulated = views.find((view) => view.path === "sim");
    expect(cardFor(simulated, "light.lamp_sim_light")).toBeDefined();
    expect(cardFor(simulated, "number.lamp_sim_latency")).toBeDefined();
    expect(cardFor(simulated, "sensor.lamp_sim_debug")).toBeUndefined();
    for (const view of views.filter((other) => other !== simulated)) {
      expect(JSON.stringify(view)).not.toContain("sim_");
    }
  });

  it("knows a simulated device's entities that its device class names", async () => {
    const meter = {
      id: "Meter",
      identifiers: [["shems", "entry-1_sim_meter"]] as [string, string][],
      has: ["sensor.power"],
    };
    const views = await generate([HUB, BATTERY, meter]);
    expect(views.find((view) => view.path === "sim")).toBeDefined();
    expect(JSON.stringify(views.slice(0, 3))).not.toContain("sensor.meter_power");
  });

  it("makes one view for each of several homes and one alone when asked", async () => {
    const second = { ...HUB, id: "Cabin", entry: "entry-2" };
    const views = await generate([HUB, BATTERY, second]);
    expect(views.map((view) => view.title)).toEqual(["Cabin", "Home"]);
    expect(new Set(views.map((view) => view.path)).size).toBe(2);
    const alone = await generate([HUB, BATTERY, second], { entry_id: "entry-2" });
    expect(alone[0]!.sections[0]!.cards[0]).toMatchObject({ entry_id: "entry-2" });
    expect(JSON.stringify(alone)).not.toContain("battery");
  });

  it("ignores other integrations and hidden entities, and makes no empty section", async () => {
    const views = await generate([HUB, BATTERY], {}, (hass) => {
      hass.entities["sensor.battery_state_of_charge"]!.hidden = true;
      hass.entities["sensor.home_grid_power"]!.platform = "other";
    });
    const text = JSON.stringify(views);
    expect(text).not.toContain("sensor.battery_state_of_charge");
    expect(text).not.toContain("sensor.home_grid_power");
    for (const { cards } of views.flatMap((view) => view.sections)) {
      expect(cards.some((card) => card.type !== "heading")).toBe(true);
    }
  });

  it("lets two tiles share a line where both names fit, and leaves no gap", async () => {
    const names: Record<string, [string, boolean]> = {
      "select.pump_mode": ["Mode", true],
      "sensor.pump_planned_power": ["Power", false],
      "sensor.pump_next_action": ["Next", false],
      "sensor.pump_a": ["Cost", true],
      "sensor.pump_b": ["Energy that was taken", true],
      "sensor.pump_c": ["Energy", false],
      "sensor.pump_d": ["Carbon", false],
    };
    const pump = { id: "Pump", has: Object.keys(names).map((id) => id.replace("pump_", "")) };
    const views = await generate([HUB, pump], {}, (hass) => {
      for (const [id, [name]] of Object.entries(names)) hass.entities[id]!.name = name;
    });
    const home = at(views, "home");
    // What can be set is wide; before a long name, one that is short stands alone.
    for (const [id, [name, wide]] of Object.entries(names))
      expect(cardFor(home, id)?.grid_options !== undefined, name).toBe(wide);
  });

  it("offers nothing to press to a user who may only look", async () => {
    const asked: unknown[] = [];
    const user = (is_admin: boolean, control: string[]) => (hass: HomeAssistant) => {
      hass.user = { is_admin };
      hass.callWS = (async ({ type }: { type: string }) => {
        asked.push(type);
        if (type === "shems/rights") return { control };
        throw { code: "not_found" };
      }) as never;
    };
    const views = await generate([HUB, BATTERY], {}, user(false, ["select.battery_mode"]));
    const home = at(views, "home");
    const allowed = cardFor(home, "switch.battery_allow_control");
    expect(allowed).toMatchObject({ icon_tap_action: { action: "none" } });
    expect(allowed?.features).toBeUndefined();
    expect(cardFor(home, "select.battery_mode")?.features).toEqual([{ type: "select-options" }]);
    expect(cardFor(home, "sensor.battery_state_of_charge")?.features).toEqual([
      { type: "bar-gauge" },
    ]);
    expect(JSON.stringify(views)).not.toContain("button.home_recompute");
    expect(asked).toContain("shems/rights");

    asked.length = 0;
    const all = await generate([HUB, BATTERY], {}, user(true, []));
    expect(cardFor(at(all, "home"), "switch.battery_allow_control")?.features).toBeDefined();
    expect(asked).not.toContain("shems/rights");
  });

  it("says how it goes while what was added is being set up, and not what to add", async () => {
    const entry = { entry_id: "one", domain: "shems", title: "Home", state: "setup_in_progress" };
    const told = (entries: object[]) => (hass: HomeAssistant) => {
      hass.callWS = (async () => entries) as never;
    };
    const of = async (entries: object[], config = {}) =>
      types((await generate([], config, told(entries)))[0]);
    expect(await of([entry])).toEqual(["custom:shems-starting-card"]);
    expect(customElements.get("shems-starting-card")).toBeDefined();
    expect(await of([{ ...entry, disabled_by: "user" }])).toEqual(["markdown"]);
    expect(await of([entry], { entry_id: "one" })).toEqual(["custom:shems-starting-card"]);
    expect(await of([entry], { entry_id: "two" })).toEqual(["markdown"]);
  });

  it("says what to do while nothing is set up", async () => {
    const views = await generate([]);
    expect(cardsOf(views[0])[0]).toMatchObject({ type: "markdown" });
    expect(cardsOf(views[0])[0]!.content).toContain("/config/integrations");
  });
});
