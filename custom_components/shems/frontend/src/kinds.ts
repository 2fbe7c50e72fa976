/** What kinds of devices look like. */

import {
  mdiBatteryHigh,
  mdiDishwasher,
  mdiEvStation,
  mdiPowerPlugOutline,
  mdiPowerSocketEu,
  mdiRadiator,
  mdiSolarPowerVariantOutline,
  mdiTimerOutline,
  mdiWaterBoiler,
} from "@mdi/js";

import { hasText } from "./localize";
import type { Phrase } from "./payload";

const ICONS: Record<string, string> = {
  battery: mdiBatteryHigh,
  solar: mdiSolarPowerVariantOutline,
  load: mdiPowerSocketEu,
  vehicle: mdiEvStation,
  heating: mdiRadiator,
  water: mdiWaterBoiler,
  appliance: mdiDishwasher,
  deferrable: mdiTimerOutline,
  sheddable: mdiPowerPlugOutline,
};

export const kindIcon = (kind: string): string => ICONS[kind] ?? mdiPowerPlugOutline;

/** Tell whether a device's reason is one of the plan's, or what keeps it out of the plan. */
export const kindOf = ({ code }: Phrase): "reason" | "problem" =>
  hasText(`problem.${code}`) ? "problem" : "reason";
