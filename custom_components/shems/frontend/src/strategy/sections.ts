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
  "import_price",
  "export_price",
  "plan_cost_today",
  "cost_today",
  "saving_today",
  "saving_total",
];
const CONTROL_KEYS = ["optimiser", "plan_status", "next_action", "recompute"];
const DEVICE_KEYS = ["state_of_charge", "allow_control", "mode", "planned_power", "next_action"];
const HUB_SHOWN = [...CONTROL_KEYS, ...FLOW_KEYS, ...MONEY_KEYS];

/** Entities that change how a device behaves come after those that tell how it is. */
const RANK: Record<string, number> = { sensor: 0, binary_sensor: 0, button: 3, number: 2 };
const rank = (entity: EntityEntry): number => {
  const domain = entity.entity_id.split(".")[0] ?? "";
  return (entity.entity_category ? 10 : 0) + (RANK[domain] ?? 1);
};

const tiles = (group: Group | null, keys: readonly string[]): CardConfig[] =>
  keys.flatMap((key) => {
    const entity = entityOf(group, key);
    return entity ? [tile(entity, key)] : [];
  });

/** Every entity of a group: the known ones in their order, then the others. */
const allTiles = (group: Group, first: readonly string[]): CardConfig[] => {
  const known = new Set(first);
  const others = group.entities
    .filter((entity) => !known.has(entity.translation_key ?? ""))
    .sort((a, b) => rank(a) - rank(b) || a.entity_id.localeCompare(b.entity_id));
  return [
    ...tiles(group, first),
    ...others.map((entity) => tile(entity.entity_id, entity.translation_key ?? "")),
  ];
};

const isBattery = (group: Group): boolean => entityOf(group, "state_of_charge") !== undefined;

const deviceIcon = (group: Group): string =>
  isBattery(group) ? "mdi:home-battery-outline" : "mdi:power-plug-outline";

/** Make a section of one of our cards. */
const own = (name: string, home: Home, span = 1, more: object = {}): SectionConfig => ({
  type: "grid",
  ...(span > 1 ? { column_span: span } : {}),
  cards: [full({ type: `custom:shems-${name}-card`, entry_id: home.entryId, ...more })],
});

/** What flows, what it costs, what somebody should know, and what each device does and why. */
export const nowSections = (home: Home, localize: Localize): SectionConfig[] => [
  own("flow", home, 2),
  own("prices", home),
  {
    type: "grid",
    cards: [
      ...own("alerts", home).cards,
      ...section(localize("section.control"), "mdi:robot-outline", tiles(home.hub, CONTROL_KEYS))
        .flatMap(({ cards }) => cards),
    ],
  },
  ...home.devices.map((device) => own("device", home, 1, { device: device.id })),
];

/** What is going to happen, and what that costs. */
export const planSections = (home: Home): SectionConfig[] => [
  own("plan", home, 4, { hours: PLAN_HOURS }),
];

/** What is known of the home, then every device with everything that can be read and set. */
export const homeSections = (home: Home, localize: Localize): SectionConfig[] => {
  const { hub } = home;
  const rest = hub?.entities.filter((e) => !HUB_SHOWN.includes(e.translation_key ?? "")) ?? [];
  return [
    own("inferred", home, 2),
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
  const prices = entitiesOf(hub, ["import_price", "export_price"]);
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
