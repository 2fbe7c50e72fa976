/** Offers cards for the entities whose values they show. */

import { type CardKind, tagOf } from "./catalog";
import type { CardConfig, HomeAssistant } from "./ha";
import { entryOf, isSimulated } from "./strategy/owner";

/** Give the card's configuration for an entity's home, null where it shows nothing of it. */
export const suggest = (
  { name, shows }: CardKind,
  hass: HomeAssistant,
  entityId: string,
): { config: CardConfig } | null => {
  const entity = hass.entities?.[entityId];
  if (!shows || entity?.platform !== "shems" || isSimulated(hass, entity)) return null;
  const key = entity.translation_key ?? "";
  if (!shows.test(key)) return null;
  const entry = entryOf(hass, entity);
  return { config: { type: `custom:${tagOf(name)}`, ...(entry ? { entry_id: entry } : {}) } };
};
