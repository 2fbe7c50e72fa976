import {
  mdiBatteryArrowUp,
  mdiCashPlus,
  mdiHomeBattery,
  mdiHomeLightningBolt,
  mdiPauseCircleOutline,
  mdiSolarPower,
  mdiTransmissionTower,
} from "@mdi/js";

import { type TemplateResult, html } from "lit";

import type { BatteryMode } from "./payload";

const ICONS: Record<BatteryMode, string> = {
  self_consume: mdiHomeBattery,
  charge: mdiTransmissionTower,
  absorb: mdiSolarPower,
  cover: mdiHomeLightningBolt,
  hold: mdiPauseCircleOutline,
  discharge: mdiCashPlus,
};

const known = (mode: string): mode is BatteryMode => mode in ICONS;

/** Draw a path of Material Design Icons, which the words beside it explain. */
export const svg = (path: string): TemplateResult =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;

export const modeSvg = (mode: string): TemplateResult =>
  svg(known(mode) ? ICONS[mode] : mdiBatteryArrowUp);

/** Give the CSS variable of a mode's colour. */
export const modeColor = (mode: string): string =>
  `var(--shems-mode-${known(mode) ? mode.replace("_", "-") : "hold"})`;

export const modeKey = (mode: string): string => (known(mode) ? `mode.${mode}` : "mode.unknown");
