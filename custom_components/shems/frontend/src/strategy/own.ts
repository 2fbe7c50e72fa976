/** What of Home Assistant's registries is about which device of SHEMS. */

import type { EntityEntry, HomeAssistant } from "../ha";
import { PLATFORM } from "./owner";

const COMMUNITY = "community_";

/** Tell whether an entity is about a community, which is no home. */
export const isCommunity = (entity: EntityEntry): boolean =>
  entity.translation_key?.startsWith(COMMUNITY) ?? false;

/** Give what the integration calls a device of the registry. */
export const ownDevice = (
  hass: HomeAssistant,
  deviceId: string,
  entryId: string,
): string | undefined => {
  const begin = `${entryId}_`;
  return hass.devices[deviceId]?.identifiers
    ?.find(([domain, id]) => domain === PLATFORM && id.startsWith(begin))?.[1]
    .slice(begin.length);
};

/** Give the entity of a device by its translation key. */
export const ownEntity = (
  hass: HomeAssistant,
  deviceId: string | null,
  key: string,
): string | undefined =>
  Object.values(hass.entities).find(
    (entity) => entity.device_id === deviceId && entity.translation_key === key,
  )?.entity_id;
