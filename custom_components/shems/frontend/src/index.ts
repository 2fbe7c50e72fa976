/** Registers the plan card and the dashboard strategy, once per page. */

import { ALERTS_TYPE, ShemsAlertsCard } from "./alerts/alerts-card";
import { ShemsPlanCharts } from "./card/charts";
import { CARD_TYPE, CHARTS_TYPE, ShemsPlanCard } from "./card/plan-card";
import { COMMUNITY_TYPE, ShemsCommunityCard } from "./community/community-card";
import type { EntityEntry, HomeAssistant } from "./ha";
import { loadWords, localizer } from "./localize";
import { REPORT_TYPE, ShemsReportCard } from "./report/report-card";
import { SAVINGS_TYPE, ShemsSavingsCard } from "./savings/savings-card";
import { STRATEGY_TAG, ShemsDashboardStrategy } from "./strategy/dashboard";
import { entryOf, isCommunity, isSimulated } from "./strategy/registry";
import { TIPS_TYPE, ShemsTipsCard } from "./tips/tips-card";
import { INFERRED_TYPE, ShemsInferredCard } from "./what-if/inferred-card";
import { WHAT_IF_TYPE, ShemsWhatIfCard } from "./what-if/what-if-card";

interface Listed {
  type: string;
  [key: string]: unknown;
}

interface CustomWindow {
  customCards?: Listed[];
  customStrategies?: Listed[];
}

const define = (tag: string, element: CustomElementConstructor): void => {
  if (!customElements.get(tag)) customElements.define(tag, element);
};

const list = (name: keyof CustomWindow, entry: Listed): void => {
  const shared = window as CustomWindow;
  const entries = (shared[name] ??= []);
  if (!entries.some((other) => other.type === entry.type)) entries.push(entry);
};

/** Offer the card for the entities that belong to a plan. */
const suggest = (hass: HomeAssistant, entityId: string): { config: Listed } | null => {
  const entity = hass.entities?.[entityId];
  if (entity?.platform !== "shems" || isSimulated(hass, entity) || isCommunity(entity)) return null;
  return suggested(hass, entity, CARD_TYPE);
};

/** Offer the community's card for its entities. */
const suggestCommunity = (hass: HomeAssistant, entityId: string): { config: Listed } | null => {
  const entity = hass.entities?.[entityId];
  if (entity?.platform !== "shems" || !isCommunity(entity)) return null;
  return suggested(hass, entity, COMMUNITY_TYPE);
};

const suggested = (hass: HomeAssistant, entity: EntityEntry, type: string): { config: Listed } => {
  const entry = entryOf(hass, entity);
  return { config: { type: `custom:${type}`, ...(entry ? { entry_id: entry } : {}) } };
};

const language = (): string => document.documentElement.lang || "en";
const say = (key: string): string => localizer(language())(key);

// The words come after the module: what is listed asks for them when it is shown.
void loadWords(language());

define(CHARTS_TYPE, ShemsPlanCharts);
define(CARD_TYPE, ShemsPlanCard);
define(WHAT_IF_TYPE, ShemsWhatIfCard);
define(INFERRED_TYPE, ShemsInferredCard);
define(ALERTS_TYPE, ShemsAlertsCard);
define(REPORT_TYPE, ShemsReportCard);
define(SAVINGS_TYPE, ShemsSavingsCard);
define(TIPS_TYPE, ShemsTipsCard);
define(COMMUNITY_TYPE, ShemsCommunityCard);
define(STRATEGY_TAG, ShemsDashboardStrategy);

list("customCards", {
  type: CARD_TYPE,
  get name() {
    return say("card.name");
  },
  get description() {
    return say("card.description");
  },
  preview: true,
  documentationURL: "https://github.com/shems-energy/shems",
  getEntitySuggestion: suggest,
});

for (const [type, words, suggestion] of [
  [WHAT_IF_TYPE, "what_if"],
  [INFERRED_TYPE, "inferred"],
  [ALERTS_TYPE, "alerts"],
  [REPORT_TYPE, "report"],
  [SAVINGS_TYPE, "savings"],
  [TIPS_TYPE, "tips"],
  [COMMUNITY_TYPE, "community", suggestCommunity],
] as const)
  list("customCards", {
    type,
    get name() {
      return say(`${words}.name`);
    },
    get description() {
      return say(`${words}.description`);
    },
    documentationURL: "https://github.com/shems-energy/shems",
    ...(suggestion ? { getEntitySuggestion: suggestion } : {}),
  });

list("customStrategies", {
  type: "shems",
  strategyType: "dashboard",
  get name() {
    return say("strategy.name");
  },
  get description() {
    return say("strategy.description");
  },
  documentationURL: "https://github.com/shems-energy/shems",
});
