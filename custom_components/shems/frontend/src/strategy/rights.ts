/** What of SHEMS the user may control. */

import type { EntityEntry, HomeAssistant } from "../ha";
import { PLATFORM } from "./owner";

/** A button has nothing to look at. */
const restricted = (entity: EntityEntry): EntityEntry =>
  entity.entity_id.startsWith("button.")
    ? { ...entity, hidden: true }
    : { ...entity, read_only: true };

/** Mark what the user may look at only; an administrator may do everything. */
export const withRights = async (hass: HomeAssistant): Promise<HomeAssistant> => {
  if (hass.user?.is_admin !== false) return hass;
  try {
    const { control } = await hass.callWS<{ control: string[] }>({ type: "shems/rights" });
    const may = new Set(control);
    const entities = Object.entries(hass.entities).map(([id, entity]): [string, EntityEntry] => [
      id,
      entity.platform !== PLATFORM || may.has(id) ? entity : restricted(entity),
    ]);
    return { ...hass, entities: Object.fromEntries(entities) };
  } catch {
    // What may not be done is refused when it is tried.
    return hass;
  }
};
