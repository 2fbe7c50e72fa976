import { css } from "lit";

export const deviceStyle = css`
  article {
    display: grid;
    gap: 8px;
  }
  article + article {
    padding-top: 16px;
    border-top: 1px solid var(--divider-color, #ccc);
  }
  .top {
    display: grid;
    grid-template-columns: 40px minmax(0, 1fr) auto;
    gap: 12px;
    align-items: center;
  }
  .top .icon {
    width: 40px;
    height: 40px;
  }
  .top h3 {
    margin: 0;
    font-size: 16px;
    line-height: 22px;
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .does {
    font-size: 13px;
    line-height: 18px;
    color: var(--secondary-text-color);
  }
  .power {
    text-align: end;
    font-size: 18px;
    line-height: 22px;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .power small {
    display: block;
    font-size: 13px;
    line-height: 18px;
    color: var(--secondary-text-color);
  }
  .modes {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    padding: 4px;
    border-radius: 22px;
    background: var(--shems-soft);
  }
  button {
    font: inherit;
    font-size: 14px;
    font-weight: 500;
    min-height: 36px;
    padding: 0 14px;
    border: none;
    border-radius: 18px;
    cursor: pointer;
    color: var(--primary-text-color);
    background: none;
  }
  .modes button {
    flex: 1 1 auto;
    padding: 0 10px;
  }
  /* Where they do not stand in one row in every language, two and two look better than three and one. */
  @container (max-width: 400px) {
    .modes[data-count="4"] {
      display: grid;
      grid-template-columns: 1fr 1fr;
    }
  }
  .modes button[aria-checked="true"] {
    color: #fff;
    background: var(--shems-pressed);
  }
  button.plain,
  .confirm button {
    background: color-mix(in srgb, var(--primary-color) 14%, transparent);
  }
  button:disabled {
    cursor: default;
    opacity: 0.6;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    font-size: 13px;
    line-height: 18px;
    color: var(--secondary-text-color);
  }
  .row label {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    margin-inline-start: auto;
  }
  select {
    font: inherit;
    min-height: 36px;
    padding: 0 8px;
    color: var(--primary-text-color);
    background: var(--card-background-color, #fff);
    border: 1px solid var(--divider-color, #ccc);
    border-radius: 8px;
  }
  .confirm {
    display: grid;
    gap: 8px;
    padding: 12px;
    border-radius: 12px;
    font-size: 14px;
    line-height: 20px;
    background: color-mix(in srgb, var(--warning-color, #ffa600) 14%, transparent);
  }
  .confirm p,
  .failed {
    margin: 0;
  }
  .failed {
    font-size: 13px;
    line-height: 18px;
    color: var(--error-color, #db4437);
  }
  :focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 2px;
  }
`;
