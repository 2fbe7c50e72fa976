import { css } from "lit";

/**
 * Let each text run as its own letters do. There are no words of ours in Hebrew or Arabic yet:
 * the card is turned there, and its English would else end with the full stop before it.
 */
export const bidi = css`
  :host(:dir(rtl)) * {
    unicode-bidi: plaintext;
  }
`;
