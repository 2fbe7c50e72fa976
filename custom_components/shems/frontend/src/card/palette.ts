import { css } from "lit";

/** Colours of the card: Home Assistant's energy colours where it has one. */
export const palette = css`
  :host {
    --shems-import: var(--energy-grid-consumption-color, #488fc2);
    --shems-export: var(--energy-grid-return-color, #8353d1);
    --shems-solar: var(--energy-solar-color, #ff9800);
    --shems-grid: var(--energy-grid-consumption-color, #488fc2);
    --shems-load: var(--primary-text-color, #212121);
    --shems-battery-1: var(--energy-battery-out-color, #4db6ac);
    --shems-battery-2: var(--energy-battery-in-color, #f06292);
    --shems-battery-3: #7986cb;
    --shems-battery-4: #a1887f;
    --shems-value: var(--energy-battery-out-color, #4db6ac);
    --shems-curtailed: var(--error-color, #db4437);
    --shems-text: var(--secondary-text-color, #727272);
    --shems-grid-line: color-mix(in srgb, var(--primary-text-color, #212121) 9%, transparent);
    --shems-zero-line: color-mix(in srgb, var(--primary-text-color, #212121) 40%, transparent);
    --shems-soft: color-mix(in srgb, var(--primary-text-color, #212121) 6%, transparent);

    /* Dark enough for white letters, whatever the theme's own is. */
    --shems-pressed: color-mix(in srgb, var(--primary-color, #009ac7) 75%, black);

    /* Each as dark as white letters on it need. */
    --shems-mode-self-consume: #3d7a42;
    --shems-mode-charge: #35729f;
    --shems-mode-absorb: #9c5d00;
    --shems-mode-cover: #147a71;
    --shems-mode-hold: #68727a;
    --shems-mode-discharge: #7d52c4;
  }
`;
