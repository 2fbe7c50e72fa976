import { css } from "lit";

/** What the card of tips adds to the other cards' style. */
export const tipsStyle = css`
  article {
    display: grid;
    gap: 8px;
    padding: 12px 0;
    border-block-start: 1px solid var(--divider-color, #ccc);
  }
  article header {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 12px;
  }
  article h3 {
    margin: 0;
    font-size: 16px;
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  article p {
    margin: 0;
    font-size: 14px;
    line-height: 20px;
  }
  .worth {
    font-variant-numeric: tabular-nums;
    font-weight: 500;
    white-space: nowrap;
  }
`;
