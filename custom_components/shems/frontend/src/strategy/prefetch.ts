/** Fetches cards before Home Assistant has made their places. */

import { cardClass } from "../cards";

/** The cards of a view that one sees first, by the end of its address. */
const FIRST: Record<string, string[]> = {
  plan: ["plan"],
  history: ["history", "report"],
  savings: ["savings"],
  tips: ["tips"],
  "what-if": ["what-if"],
  home: ["inferred"],
};
const NOW = ["flow", "prices", "alerts", "device"];

/** The largest, and the one most often looked at next. */
const NEXT = "plan";

/** How long the page may be busy before what is next is fetched all the same, milliseconds. */
const PATIENCE_MS = 5000;

/** What cannot be fetched is told by the card itself. */
const fetchCard = (name: string): void => void cardClass(name).catch(() => undefined);

const whenIdle = (then: () => void): void => {
  // Safari has no such thing.
  if ("requestIdleCallback" in window) requestIdleCallback(then, { timeout: PATIENCE_MS });
  else setTimeout(then, PATIENCE_MS);
};

/** Fetch the cards of the view that an address leads to, and the plan's once there is time. */
export const prefetch = (path: string): void => {
  const first = FIRST[path.split("/").pop() ?? ""] ?? NOW;
  first.forEach(fetchCard);
  if (!first.includes(NEXT)) whenIdle(() => fetchCard(NEXT));
};
