import { css } from "lit";

import { bidi } from "./bidi";

export const cardStyle = css`
  ${bidi}
  :host {
    display: block;
    height: 100%;
  }
  ha-card {
    container-type: inline-size;
    /* Who gives it fewer rows than it needs can still reach all of it. */
    overflow: hidden auto;
    height: 100%;
    box-sizing: border-box;
    color: var(--primary-text-color);
  }
  .body {
    padding: 16px;
    display: grid;
    gap: 16px;
  }
  header {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 8px;
  }
  h2 {
    margin: 0;
    font-size: 20px;
    line-height: 28px;
    font-weight: 400;
    margin-inline-end: auto;
    overflow-wrap: anywhere;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-size: 12px;
    line-height: 24px;
    padding: 0 10px;
    border-radius: 999px;
    background: var(--shems-soft);
    white-space: nowrap;
  }
  .chip::before {
    content: "";
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--tone);
  }
  .chip.lost {
    justify-self: start;
  }
  .chip.outlined {
    background: none;
    border: 1px dashed var(--tone);
    line-height: 22px;
  }
  .chip.outlined::before {
    display: none;
  }
  .good {
    --tone: var(--success-color, #43a047);
  }
  .warn {
    --tone: var(--warning-color, #ffa600);
  }
  .bad {
    --tone: var(--error-color, #db4437);
  }
  .calm {
    --tone: var(--disabled-text-color, #9e9e9e);
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(132px, 1fr));
    gap: 8px;
    margin: 0;
  }
  .figure {
    padding: 10px 12px;
    border-radius: 12px;
    background: var(--shems-soft);
    min-width: 0;
    display: flex;
    flex-direction: column-reverse;
    justify-content: flex-end;
  }
  .figure dt {
    font-size: 12px;
    line-height: 16px;
    color: var(--secondary-text-color);
  }
  .figure dd {
    margin: 0;
    font-size: 22px;
    line-height: 30px;
    font-weight: 500;
    letter-spacing: -0.01em;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .figure dd small {
    font-size: 13px;
    font-weight: 400;
    color: var(--secondary-text-color);
    line-height: 1;
    margin-inline-start: 2px;
    letter-spacing: 0;
  }
  .figure.gain dd {
    color: color-mix(in srgb, var(--success-color, #43a047) 60%, var(--primary-text-color));
  }
  .notice {
    display: flex;
    gap: 12px;
    padding: 12px;
    border-radius: 12px;
    background: color-mix(in srgb, var(--tone) 12%, transparent);
    border-inline-start: 4px solid var(--tone);
    font-size: 14px;
    line-height: 20px;
  }
  .notice p {
    margin: 0;
  }
  .notice strong {
    font-weight: 500;
  }
  .content {
    display: grid;
    gap: 20px;
    grid-template-columns: minmax(0, 1fr);
  }
  .next h3,
  .more summary {
    font-size: 14px;
    font-weight: 500;
    margin: 0 0 8px;
    line-height: 24px;
  }
  ol {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 4px;
  }
  li {
    display: grid;
    grid-template-columns: 36px minmax(0, 1fr);
    gap: 12px;
    padding: 8px;
    border-radius: 12px;
  }
  li.current {
    background: var(--shems-soft);
  }
  .icon {
    width: 36px;
    height: 36px;
    border-radius: 50%;
    display: grid;
    place-items: center;
    background: color-mix(in srgb, var(--color) 18%, transparent);
    color: var(--color);
  }
  .icon svg {
    width: 20px;
    height: 20px;
    fill: currentColor;
  }
  .when {
    font-size: 12px;
    line-height: 16px;
    color: var(--secondary-text-color);
    font-variant-numeric: tabular-nums;
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 8px;
  }
  .what {
    font-size: 14px;
    line-height: 20px;
    font-weight: 500;
  }
  .why.short {
    /* The theme's own red is too pale for small letters. */
    color: color-mix(in srgb, var(--error-color, #db4437) 60%, var(--primary-text-color));
  }
  .why.idle {
    padding: 8px;
  }
  .why {
    font-size: 13px;
    line-height: 18px;
    color: var(--secondary-text-color);
    margin: 0;
  }
  footer {
    font-size: 12px;
    line-height: 20px;
    color: var(--secondary-text-color);
  }
  footer summary {
    cursor: pointer;
    width: fit-content;
    border-radius: 4px;
  }
  footer .made {
    float: inline-end;
    text-align: end;
  }
  footer .made > span {
    display: block;
  }
  .scroll {
    overflow: auto;
    max-height: 420px;
    margin-top: 8px;
    border: 1px solid var(--divider-color);
    border-radius: 12px;
  }
  table {
    border-collapse: collapse;
    width: 100%;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    color: var(--primary-text-color);
  }
  caption {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  th,
  td {
    padding: 4px 10px;
    text-align: end;
    white-space: nowrap;
    font-weight: 400;
  }
  th:first-child,
  td:last-child,
  thead th:last-child {
    text-align: start;
  }
  thead th {
    position: sticky;
    top: 0;
    background: var(--card-background-color, #fff);
    color: var(--secondary-text-color);
    border-bottom: 1px solid var(--divider-color);
  }
  tbody tr:nth-child(even) {
    background: var(--shems-soft);
  }
  .state {
    display: grid;
    justify-items: center;
    text-align: center;
    gap: 8px;
    padding: 40px 24px;
  }
  .state svg {
    width: 48px;
    height: 48px;
    fill: var(--secondary-text-color);
  }
  .state h3 {
    margin: 0;
    font-size: 16px;
    font-weight: 500;
  }
  .state p {
    margin: 0;
    max-width: 44ch;
    color: var(--secondary-text-color);
    font-size: 14px;
    line-height: 20px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
    margin-top: 8px;
  }
  .actions a,
  .actions button {
    all: unset;
    cursor: pointer;
    font-size: 14px;
    font-weight: 500;
    line-height: 36px;
    padding: 0 16px;
    border-radius: 999px;
    color: var(--primary-text-color);
    background: color-mix(in srgb, var(--primary-color) 14%, transparent);
  }
  a:focus-visible,
  button:focus-visible,
  summary:focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 2px;
  }
  .skeleton {
    display: grid;
    gap: 16px;
    padding: 16px;
  }
  .skeleton div {
    border-radius: 12px;
    background: var(--shems-soft);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.4;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton div {
      animation: none;
    }
  }
  @container (min-width: 900px) {
    .body {
      padding: 20px 24px;
    }
    .content {
      grid-template-columns: minmax(0, 1fr) 320px;
      grid-template-rows: auto 1fr;
      gap: 24px 32px;
    }
    .content > :first-child {
      grid-row: 1 / -1;
    }
  }
  @container (max-width: 480px) {
    .body {
      padding: 12px;
      gap: 12px;
    }
    .figures {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .figure dd {
      font-size: 19px;
    }
    .figure dd small {
      display: block;
      margin: 0;
      line-height: 16px;
    }
    .figure:first-child:nth-last-child(odd) {
      grid-column: 1 / -1;
    }
    .figure:first-child:nth-last-child(odd) dd {
      font-size: 26px;
    }
    li {
      padding: 8px 4px;
    }
    footer .made {
      float: none;
      text-align: start;
    }
  }
  @container (max-width: 340px) {
    h2 {
      flex-basis: 100%;
    }
  }
`;
