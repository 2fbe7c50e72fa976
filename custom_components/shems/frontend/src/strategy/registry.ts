/** The homes, devices and entities of SHEMS, read from Home Assistant's registries. */

import type { DeviceEntry, EntityEntry, HomeAssistant } from "../ha";
import { isCommunity } from "./own";
import { PLATFORM, deviceOf, entryOf, isSimulated } from "./owner";

const HUB_KEYS = new Set(["optimiser", "recompute", "plan_status"]);

/** A device with its entities by translation key. */
export interface Group {
  id: string;
  name: string;
  entities: EntityEntry[];
}

export interface Home {
  entryId: string;
  name: string;
  /** The device that stands for the whole home. */
  hub: Group | null;
  /** What the plan may drive. */
  devices: Group[];
  /** What the simulated home consists of. */
  simulated: Group[];
}

const nameOf = (device: DeviceEntry): string =>
  device.name_by_user || device.name || device.model || device.id;

const byName = (a: Group, b: Group): number => a.name.localeCompare(b.name);

const addTo = (groups: Map<string, Group>, device: DeviceEntry, entity: EntityEntry): void => {
  const group = groups.get(device.id) ?? { id: device.id, name: nameOf(device), entities: [] };
  group.entities.push(entity);
  groups.set(device.id, group);
};

const homeOf = (entryId: string, planned: Group[], simulated: Group[]): Home => {
  const hub =
    planned.find((group) => group.entities.some((e) => HUB_KEYS.has(e.translation_key ?? ""))) ??
    null;
  return {
    entryId,
    name: hub?.name ?? planned[0]?.name ?? "SHEMS",
    hub,
    devices: planned.filter((group) => group !== hub).sort(byName),
    simulated: simulated.sort(byName),
  };
};

/** Read every home, or only the given one. */
export const readHomes = (hass: HomeAssistant, entryId?: string): Home[] => {
  const entries = new Map<string, { planned: Map<string, Group>; simulated: Map<string, Group> }>();
  for (const entity of Object.values(hass.entities)) {
    if (entity.platform !== PLATFORM || entity.hidden || isCommunity(entity)) continue;
    const device = deviceOf(hass, entity);
    const entry = entryOf(hass, entity);
    if (!device || !entry || (entryId && entry !== entryId)) continue;
    const groups = entries.get(entry) ?? { planned: new Map<string, Group>(), simulated: new Map<string, Group>() };
    entries.set(entry, groups);
    addTo(isSimulated(hass, entity) ? groups.simulated : groups.planned, device, entity);
  }
  return [...entries]
    .map(([entry, { planned, simulated }]) =>
      homeOf(entry, [...planned.values()], [...simulated.values()]),
    )
    .sort((a, b) => a.name.localeCompare(b.name));
};

/** Read every community, as the one device that stands for it, with the entry it belongs to. */
export const readCommunities = (hass: HomeAssistant): { entryId: string; hub: Group }[] => {
  const groups = new Map<string, Map<string, Group>>();
  for (const entity of Object.values(hass.entities)) {
    if (entity.platform !== PLATFORM || entity.hidden || !isCommunity(entity)) continue;
    const device = deviceOf(hass, entity);
    const entry = entryOf(hass, entity);
    if (!device || !entry) continue;
    const devices = groups.get(entry) ?? new Map<string, Group>();
    groups.set(entry, devices);
    addTo(devices, device, entity);
  }
  return [...groups]
    .flatMap(([entryId, devices]) => [...devices.values()].map((hub) => ({ entryId, hub })))
    .sort((a, b) => byName(a.hub, b.hub));
};

/** Give the entity of a key, if the group has it. */
export const entityOf = (group: Group | null, key: string): string | undefined =>
  group?.entities.find((entity) => entity.translation_key === key)?.entity_id;

/** Give the entities of the keys that the group has, in the keys' order. */
export const entitiesOf = (group: Group | null, keys: readonly string[]): string[] =>
  keys.map((key) => entityOf(group, key)).filter((id): id is string => id !== undefined);
