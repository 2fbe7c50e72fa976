/** Whether Home Assistant's Energy dashboard is set up. */

import type { HomeAssistant } from "../ha";

export interface EnergyUse {
  configured: boolean;
  solar: boolean;
}

interface Preferences {
  energy_sources?: { type: string }[];
}

/** Ask for the Energy dashboard's sources; without any it counts as not set up. */
export const readEnergyUse = async (hass: HomeAssistant): Promise<EnergyUse> => {
  try {
    const preferences = await hass.callWS<Preferences>({ type: "energy/get_prefs" });
    const sources = preferences.energy_sources ?? [];
    return {
      configured: sources.length > 0,
      solar: sources.some((source) => source.type === "solar"),
    };
  } catch {
    // Home Assistant answers with an error until the dashboard is set up.
    return { configured: false, solar: false };
  }
};
