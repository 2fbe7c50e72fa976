/** The panels from top to bottom. */

import { batteryPanel } from "./battery";
import type { Panel, Source } from "./panel";
import { powerPanel } from "./power";
import { pricePanel } from "./price";
import { socPanel } from "./soc";

/** Make the panels of a timeline; without a battery the last two are left out. */
export const buildPanels = (source: Source): Panel[] => {
  const panels = [pricePanel(source), powerPanel(source)];
  if (source.timeline.batteries.length > 0) panels.push(batteryPanel(source), socPanel(source));
  return panels;
};
