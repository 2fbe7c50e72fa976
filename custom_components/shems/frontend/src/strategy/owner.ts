/** Whose an entity is, read from Home Assistant's registries. */

import type { DeviceEntry, EntityEntry, HomeAssistant } from "../ha";

export const PLATFORM = "shems";
const SIMULATED = "sim_";

export const deviceOf = (hass: HomeAssistant, entity: EntityEntry): DeviceEntry | undefined =>
  entity.device_id ? hass.devices[entity.device_id] : undefined;

/** Give the config entry an entity belongs to. */
export const entryOf = (hass: HomeAssistant, entity: EntityEntry): string | undefined => {
  const device = deviceOf(hass, entity);
  return device?.primary_config_entry ?? device?.config_entries?.[0] ?? undefined;
};

/** Tell whether an entity belongs to the simulated home's own devices. */
export const isSimulated = (hass: HomeAssistant, entity: EntityEntry): boolean => {
  if (entity.translation_key?.startsWith(SIMULATED)) return true;
  // Many have no key of their own, as their device class names them; their device tells.
  const owner = `${entryOf(hass, entity)}_${SIMULATED}`;
  const identifiers = deviceOf(hass, entity)?.identifiers ?? [];
  return identifiers.some(([domain, id]) => domain === PLATFORM && id.startsWith(owner));
};
