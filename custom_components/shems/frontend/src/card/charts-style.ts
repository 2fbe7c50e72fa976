import { css } from "lit";

import { bidi } from "./bidi";

export const chartsStyle = css`
  ${bidi}
  :host {
    display: block;
  }
  .failed {
    color: var(--error-color);
    margin: 8px 0;
  }
  .toolbar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-height: 32px;
    margin: 0 var(--right) 2px 0;
  }
  .moment {
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .moment small {
    font-weight: 400;
    color: var(--secondary-text-color);
    margin-inline-start: 2px;
    font-size: 12px;
  }
  .zoom {
    display: inline-flex;
    padding: 2px;
    border-radius: 999px;
    background: var(--shems-soft);
  }
  .zoom button {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    font-size: 12px;
    line-height: 24px;
    padding: 0 10px;
    border-radius: 999px;
    color: var(--secondary-text-color);
    white-space: nowrap;
  }
  .zoom button[aria-pressed="true"] {
    background: var(--card-background-color, #fff);
    color: var(--primary-text-color);
    box-shadow: 0 1px 2px rgba(0, 0, 0, 0.2);
  }
  button:focus-visible,
  .stack:focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 2px;
  }
  .stack {
    position: relative;
    border-radius: 4px;
    touch-action: pan-y;
    user-select: none;
    -webkit-user-select: none;
    cursor: crosshair;
  }
  .tip {
    position: absolute;
    top: 24px;
    z-index: 2;
    max-width: min(320px, 60%);
    box-sizing: border-box;
    margin: 0;
    padding: 8px 12px;
    list-style: none;
    display: grid;
    gap: 6px;
    font-size: 12px;
    line-height: 16px;
    color: var(--primary-text-color);
    background: var(--card-background-color, #fff);
    border-radius: 8px;
    box-shadow: 0 2px 8px rgba(0, 0, 0, 0.35);
    pointer-events: none;
  }
  .tip b {
    font-weight: 500;
  }
  .panel + .panel {
    margin-top: 10px;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 14px;
    font-size: 12px;
    line-height: 18px;
    color: var(--secondary-text-color);
    margin-inline-end: var(--right);
  }
  .legend h3 {
    margin: 0;
    font-size: 12px;
    font-weight: 500;
    color: var(--primary-text-color);
    margin-inline-end: auto;
  }
  .legend h3 span {
    font-weight: 400;
    color: var(--secondary-text-color);
  }
  .entry {
    white-space: nowrap;
  }
  .entry b {
    font-weight: 500;
    color: var(--primary-text-color);
    font-variant-numeric: tabular-nums;
  }
  .swatch {
    display: inline-block;
    width: 10px;
    height: 10px;
    border-radius: 3px;
    margin-inline-end: 5px;
    vertical-align: -1px;
    background: var(--color);
  }
  .swatch.line,
  .swatch.dashed {
    height: 0;
    width: 12px;
    border-radius: 0;
    background: none;
    border-top: 2px solid var(--color);
    vertical-align: 3px;
  }
  .swatch.dashed {
    border-top-style: dotted;
  }
  @container (max-width: 480px) {
    .legend {
      column-gap: 9px;
    }
    .legend.long h3 {
      flex-basis: 100%;
    }
    .swatch {
      margin-inline-end: 4px;
    }
  }
  .plot {
    position: relative;
    direction: ltr;
  }
  .over {
    position: absolute;
    inset: 0 var(--right) 0 var(--left);
    pointer-events: none;
    overflow: hidden;
  }
  .over.labelled {
    bottom: 22px;
  }
  .past {
    position: absolute;
    inset: 0 auto 0 0;
    background: var(--shems-soft);
    opacity: 0.6;
  }
  .now,
  .cursor,
  .midnight {
    position: absolute;
    top: 0;
    bottom: 0;
    width: 0;
    border-left: 1px solid var(--divider-color);
  }
  .now {
    border-left: 2px solid var(--primary-color, #03a9f4);
    margin-left: -1px;
  }
  .cursor {
    border-left: 1px dashed var(--primary-text-color);
  }
  .selection {
    position: absolute;
    top: 0;
    bottom: 0;
    background: var(--primary-color, #03a9f4);
    opacity: 0.14;
  }
  .dots {
    overflow: visible;
  }
  .dot {
    position: absolute;
    width: 9px;
    height: 9px;
    margin: -4.5px 0 0 -4.5px;
    box-sizing: border-box;
    border-radius: 50%;
    background: var(--color);
    border: 2px solid var(--card-background-color, #fff);
  }
  .strips {
    display: grid;
    gap: 3px;
    margin: 4px var(--right) 0 var(--left);
  }
  .strip {
    position: relative;
    height: 18px;
    border-radius: 5px;
    overflow: hidden;
    background: var(--shems-soft);
  }
  .run {
    position: absolute;
    top: 0;
    bottom: 0;
    box-sizing: border-box;
    border-inline-start: 1px solid var(--card-background-color, #fff);
    background: var(--color);
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
    font-size: 11px;
    line-height: 18px;
    padding: 0 5px;
    color: #fff;
  }
  .run.narrow {
    padding: 0;
    display: grid;
    place-items: center;
  }
  .run svg {
    width: 13px;
    height: 13px;
    fill: currentColor;
  }
`;
