/** Why something that was asked for was not done. */

import { OFFLINE, asError } from "./feed";
import type { Localize } from "./localize";

/** Put what was thrown into words. */
export const refusal = (reason: unknown, localize: Localize): string => {
  const { code, message } = asError(reason);
  return code === OFFLINE ? localize("status.offline") : message;
};
