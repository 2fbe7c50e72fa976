/** Shows the card with made-up plans; choose by address, such as ?case=two&theme=dark&lang=de. */

import "../src/index";
import { FakeConnection, fakeHass } from "../test/home";
import { samplePlan } from "../test/sample";
import type { ShemsPlanCard } from "../src/card/plan-card";
import type { PlanMessage } from "../src/payload";

customElements.define(
  "ha-card",
  class extends HTMLElement {
    constructor() {
      super();
      this.attachShadow({ mode: "open" }).innerHTML =
        "<style>:host{display:block;background:var(--card-background-color);border:1px solid var(--divider-color);border-radius:12px}</style><slot></slot>";
    }
  },
);

const query = new URLSearchParams(location.search);
const shown = query.get("case") ?? "one";
document.body.classList.toggle("dark", query.get("theme") === "dark");
document.documentElement.lang = query.get("lang") ?? "en";

const noSteps = (plan: PlanMessage): PlanMessage => ({
  ...plan,
  status: "waiting",
  created: null,
  start: [],
  end: [],
  batteries: [],
});

const CASES: Record<string, () => PlanMessage | null> = {
  one: () => samplePlan(),
  two: () => ({ ...samplePlan(["Garage", "Attic"]), dry_run: false }),
  none: () => samplePlan([]),
  waiting: () => noSteps(samplePlan()),
  safe: () => ({ ...samplePlan(), status: "safe", problem: { code: "stale_soc", args: {} } }),
  rule: () => ({ ...samplePlan(), status: "rule" }),
  off: () => ({ ...samplePlan(), status: "off" }),
  loading: () => null,
  error: () => null,
};

const connection = new FakeConnection();
if (shown === "error") connection.refuse = { code: "unknown_command", message: "Unknown command." };
const card = document.createElement("shems-plan-card") as ShemsPlanCard;
card.setConfig({ type: "custom:shems-plan-card", hours: Number(query.get("hours") ?? 36) });
const hass = fakeHass(query.get("lang") ?? "en", connection);
hass.themes = { darkMode: query.get("theme") === "dark" };
card.hass = hass;
document.body.append(card);
setTimeout(() => {
  const plan = CASES[shown]?.();
  if (plan) connection.send(plan);
}, 50);
