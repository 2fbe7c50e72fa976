/** The sections of the dashboard's views. */

import type { CardConfig, EntityEntry, SectionConfig } from "../ha";
import type { Localize } from "../localize";
import { dailyBars, dailyLines, full, history, section, tile } from "./cards";
import type { EnergyUse } from "./energy";
import { type Group, type Home, entitiesOf, entityOf } from "./registry";

/** Prices are rarely known for longer, and forecasts are little more than a usual day beyond. */
const PLAN_HOURS = 48;

const FLOW_KEYS = ["grid_power", "load_power", "solar_power", "self_sufficiency"];
const MONEY_KEYS = [
  "cost_today",
  "plan_cost_today",
  "saving_today",
  "saving_month",
  "saving_year",
  "saving_total",
];
const PRICE_KEYS = ["import_price", "export_price"];
const CONTROL_KEYS = ["optimiser", "plan_status", "next_action", "recompute"];
const DEVICE_KEYS = ["state_of_charge", "allow_control", "mode", "planned_power", "next_action"];
const HUB_SHOWN = [...CONTROL_KEYS, ...FLOW_KEYS, ...PRICE_KEYS, ...MONEY_KEYS];

/** Entities that change how a device behaves come after those that tell how it is. */
const RANK: Record<string, number> = { sensor: 0, binary_sensor: 0, button: 3, number: 2 };
const rank = (entity: EntityEntry): number => {
  const domain = entity.entity_id.split(".")[0] ?? "";
  return (entity.entity_category ? 10 : 0) + (RANK[domain] ?? 1);
};

const tiles = (group: Group | null, keys: readonly string[]): CardConfig[] =>
  keys.flatMap((key) => {
    const entity = group?.entities.find((each) => each.translation_key === key);
    return group && entity ? [tile(entity, group.name)] : [];
  });

/** Every entity of a group: the known ones in their order, then the others. */
const allTiles = (group: Group, first: readonly string[]): CardConfig[] => {
  const known = new Set(first);
  const others = group.entities
    .filter((entity) => !known.has(entity.translation_key ?? ""))
    .sort((a, b) => rank(a) - rank(b) || a.entity_id.localeCompare(b.entity_id));
  return [...tiles(group, first), ...others.map((entity) => tile(entity, group.name))];
};

const isBattery = (group: Group): boolean => entityOf(group, "state_of_charge") !== undefined;

const isCar = (group: Group): boolean => entityOf(group, "ready_by") !== undefined;

/** What is most asked for comes first; else the names decide. */
const urgency = (group: Group): number => (isBattery(group) ? 0 : isCar(group) ? 1 : 2);

/** As many cards of devices are about as tall as the drawing of the flows with its controls. */
const STACK = 4;

/** Put devices into columns of about the same height: a row of the grid is as tall as its tallest. */
const stacks = (devices: Group[]): Group[][] => {
  const count = Math.ceil(devices.length / STACK);
  const begin = (index: number): number => Math.ceil((index * devices.length) / count);
  return Array.from({ length: count }, (_, index) =>
    devices.slice(begin(index), begin(index + 1)),
  );
};

const deviceIcon = (group: Group): string =>
  isBattery(group) ? "mdi:home-battery-outline" : "mdi:power-plug-outline";

/** Make a section of one of our cards. */
const own = (name: string, home: Home, span = 1, more: object = {}): SectionConfig => ({
  type: "grid",
  ...(span > 1 ? { column_span: span } : {}),
  cards: [full({ type: `custom:shems-${name}-card`, entry_id: home.entryId, ...more })],
});

/** Put what several sections hold into one. */
const together = (sections: SectionConfig[]): SectionConfig => ({
  type: "grid",
  cards: sections.flatMap(({ cards }) => cards),
});

/** What flows, what it costs, what somebody should know, and what each device does and why. */
export const nowSections = (home: Home, localize: Localize): SectionConfig[] => {
  const control = section(
    localize("section.control"),
    "mdi:robot-outline",
    tiles(home.hub, CONTROL_KEYS),
  );
  const devices = [...home.devices].sort((a, b) => urgency(a) - urgency(b));
  const card = (device: Group): SectionConfig => own("device", home, 1, { device: device.id });
  return [
    together([own("flow", home), ...control]),
    together([own("alerts", home), own("prices", home), ...devices.slice(0, 1).map(card)]),
    ...stacks(devices.slice(1)).map((stack) => together(stack.map(card))),
  ];
};

/** What is going to happen, and what that costs. */
export const planSections = (home: Home): SectionConfig[] => [
  own("plan", home, 4, { hours: PLAN_HOURS }),
];

/** What is known of the home, then every device with everything that can be read and set. */
export const homeSections = (home: Home, localize: Localize): SectionConfig[] => {
  const { hub } = home;
  const rest = hub?.entities.filter((e) => !HUB_SHOWN.includes(e.translation_key ?? "")) ?? [];
  return [
    own("inferred", home, 4),
    ...home.devices.flatMap((device) =>
      section(device.name, deviceIcon(device), allTiles(device, DEVICE_KEYS)),
    ),
    ...(hub
      ? section(localize("section.system"), "mdi:cog-outline", [
          ...tiles(hub, CONTROL_KEYS),
          ...allTiles({ ...hub, entities: rest }, []),
        ])
      : []),
  ];
};

/** How it went: beside the plan, by day, and in Home Assistant's own graphs. */
export const historySections = (
  home: Home,
  energy: EnergyUse,
  localize: Localize,
): SectionConfig[] => {
  const { hub, devices } = home;
  const batteries = devices.filter(isBattery);
  const powers = [
    ...entitiesOf(hub, ["grid_power", "load_power", "solar_power"]),
    ...batteries.flatMap((battery) => entitiesOf(battery, ["battery_power"])),
  ];
  const levels = batteries.flatMap((battery) => entitiesOf(battery, ["state_of_charge"]));
  const prices = entitiesOf(hub, PRICE_KEYS);
  const shares = entitiesOf(hub, ["self_consumption", "self_sufficiency"]);
  const energyCards: CardConfig[] = energy.configured
    ? [
        full({ type: "energy-date-selection" }),
        full({ type: "energy-usage-graph" }),
        ...(energy.solar ? [full({ type: "energy-solar-graph" })] : []),
        full({ type: "energy-sources-table" }),
      ]
    : [];
  return [
    own("history", home, 2),
    own("report", home),
    ...section(localize("section.history"), "mdi:chart-line", history(powers, 24)),
    ...section(localize("section.prices"), "mdi:cash-clock", history(prices, 48)),
    ...section(localize("section.levels"), "mdi:battery-medium", history(levels, 48)),
    ...section(localize("section.quality"), "mdi:solar-power-variant", dailyLines(shares, 30)),
    ...section(localize("section.energy"), "mdi:lightning-bolt", energyCards),
  ];
};

/** What SHEMS saved, by cause and by day. */
export const savingsSections = (
  home: Home,
  energy: EnergyUse,
  localize: Localize,
): SectionConfig[] => [
  own("savings", home),
  ...section(localize("section.money"), "mdi:cash-multiple", tiles(home.hub, MONEY_KEYS)),
  ...section(
    localize("section.savings"),
    "mdi:piggy-bank-outline",
    dailyBars(entitiesOf(home.hub, ["saving_total"]), 30),
  ),
  ...(energy.configured
    ? section(localize("section.flow"), "mdi:transmission-tower", [
        full({ type: "energy-distribution", link_dashboard: true }),
      ])
    : []),
];

/** What could be done, and what that would bring. */
export const tipsSections = (home: Home): SectionConfig[] => [own("tips", home, 2)];

/** What would be. */
export const whatIfSections = (home: Home): SectionConfig[] => [own("what-if", home, 2)];

/** A community: its card, then its other entities as tiles. */
export const communitySections = (entryId: string, hub: Group): SectionConfig[] => [
  {
    type: "grid",
    column_span: 2,
    cards: [full({ type: "custom:shems-community-card", entry_id: entryId })],
  },
  ...section(hub.name, "mdi:home-group", allTiles(hub, [])),
];

/** The simulated home's own devices, to be played with, and how to be rid of them. */
export const simulatedSections = (home: Home, localize: Localize): SectionConfig[] => {
  if (home.simulated.length === 0) return [];
  const about = full({ type: "markdown", content: localize("sim.text") });
  const devices = home.simulated.flatMap((device) =>
    section(
      device.name,
      "mdi:flask-outline",
      allTiles(
        { ...device, entities: device.entities.filter((e) => e.entity_category !== "diagnostic") },
        [],
      ),
    ),
  );
  return [{ type: "grid", cards: [about] }, ...devices];
};
