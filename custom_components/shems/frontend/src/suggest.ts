/** Offers cards for the entities whose values they show. */

import { type CardKind, tagOf } from "./catalog";
import type { CardConfig, HomeAssistant } from "./ha";
import { entryOf, isSimulated } from "./strategy/owner";

/** Give the card's configuration for an entity's home and device, null where it shows nothing of it. */
export const suggest = (
  { name, shows }: CardKind,
  hass: HomeAssistant,
  entityId: string,
): { config: CardConfig } | null => {
  const entity = hass.entities?.[entityId];
  if (entity?.platform !== "shems" || isSimulated(hass, entity)) return null;
  if (!shows.test(entity.translation_key ?? "")) return null;
  const entry = entryOf(hass, entity);
  return {
    config: {
      type: `custom:${tagOf(name)}`,
      ...(entry ? { entry_id: entry } : {}),
      ...(name === "device" ? { device: entity.device_id } : {}),
    },
  };
};
