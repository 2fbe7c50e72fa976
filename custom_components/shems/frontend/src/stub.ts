/** What a card begins with when it is chosen from the list of cards. */

import { type CardKind, tagOf } from "./catalog";
import type { CardConfig, HomeAssistant } from "./ha";
import { readCommunities, readHomes } from "./strategy/registry";

/** Name the home, or the community, where there are several, and a device for the card of one. */
export const stub = ({ name }: CardKind, hass?: HomeAssistant): CardConfig => {
  const begun = { type: `custom:${tagOf(name)}` };
  if (!hass) return begun;
  const homes = readHomes(hass);
  const entries =
    name === "community"
      ? readCommunities(hass).map(({ entryId }) => entryId)
      : homes.map(({ entryId }) => entryId);
  const device = name === "device" ? homes[0]?.devices[0]?.id : undefined;
  return {
    ...begun,
    ...(entries.length > 1 ? { entry_id: entries[0] } : {}),
    ...(device ? { device } : {}),
  };
};
