/** Whether Home Assistant's Energy dashboard is set up, and for which home. */

import type { HomeAssistant } from "../ha";
import { entryOf } from "./owner";
import type { Home } from "./registry";

export interface EnergyUse {
  configured: boolean;
  solar: boolean;
  /** The entry whose own meters it shows: those of a simulated home. */
  owner?: string | undefined;
}

interface Preferences {
  energy_sources?: { type: string; stat_energy_from?: string | null }[];
}

const NONE: EnergyUse = { configured: false, solar: false };

const ownerOf = (hass: HomeAssistant, statistic: string | null | undefined): string | undefined => {
  const entity = statistic ? hass.entities[statistic] : undefined;
  return entity?.platform === "shems" ? entryOf(hass, entity) : undefined;
};

/** Ask for the Energy dashboard's sources; without any it counts as not set up. */
export const readEnergyUse = async (hass: HomeAssistant): Promise<EnergyUse> => {
  try {
    const preferences = await hass.callWS<Preferences>({ type: "energy/get_prefs" });
    const sources = preferences.energy_sources ?? [];
    return {
      configured: sources.length > 0,
      solar: sources.some((source) => source.type === "solar"),
      owner: sources
        .map((source) => ownerOf(hass, source.stat_energy_from))
        .find((entry) => entry !== undefined),
    };
  } catch {
    // Home Assistant answers with an error until the dashboard is set up.
    return NONE;
  }
};

/** Give what the Energy dashboard shows of a home: there is one for all homes. */
export const energyOf = (home: Home, energy: EnergyUse, alone: boolean): EnergyUse => {
  const shown = energy.owner
    ? energy.owner === home.entryId
    : alone || home.simulated.length === 0;
  return shown ? energy : NONE;
};
