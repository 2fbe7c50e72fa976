/** What Home Assistant says of the entries whose devices are not there yet. */

import type { HomeAssistant } from "../ha";
import { PLATFORM } from "./owner";

export interface ConfigEntry {
  entry_id: string;
  domain: string;
  title: string;
  state: string;
  /** Why it cannot be set up, in Home Assistant's own language. */
  reason: string | null;
  disabled_by: string | null;
  error_reason_translation_domain?: string | null;
  error_reason_translation_key?: string | null;
  error_reason_translation_placeholders?: Record<string, string> | null;
}

/** Tell whether an entry is ours, in use, and the one that is asked for, if any. */
export const isMeant = (entry: ConfigEntry, entryId: string | undefined): boolean =>
  entry.domain === PLATFORM && !entry.disabled_by && (!entryId || entry.entry_id === entryId);

/** Read the entries in use; a Home Assistant that does not tell has none. */
export const readEntries = async (
  hass: HomeAssistant,
  entryId: string | undefined,
): Promise<ConfigEntry[]> => {
  try {
    const type = "config_entries/get";
    const entries = await hass.callWS<ConfigEntry[]>({ type, domain: PLATFORM });
    return entries.filter((entry) => isMeant(entry, entryId));
  } catch {
    return [];
  }
};
