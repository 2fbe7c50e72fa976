/** Builds the dashboard from what is set up, each time it is opened. */

import type { CardConfig, HomeAssistant, SectionConfig, ViewConfig } from "../ha";
import { type Localize, loadWords, localizer } from "../localize";
import { full } from "./cards";
import { prefetch } from "./prefetch";
import { type EnergyUse, energyOf, readEnergyUse } from "./energy";
import { readEntries } from "./entries";
import { type Home, readCommunities, readHomes } from "./registry";
import { withRights } from "./rights";
import {
  communitySections,
  historySections,
  homeSections,
  nowSections,
  planSections,
  savingsSections,
  simulatedSections,
  tipsSections,
  whatIfSections,
} from "./sections";

const STARTING = "shems-starting-card";

export const STRATEGY_TAG = "ll-strategy-dashboard-shems";

export interface StrategyConfig {
  type?: string;
  entry_id?: string;
}

const view = (
  title: string,
  path: string,
  icon: string,
  sections: SectionConfig[],
  columns = 4,
): ViewConfig[] =>
  sections.length === 0
    ? []
    : [
        {
          title,
          path,
          icon,
          type: "sections",
          show_icon_and_title: true,
          max_columns: columns,
          dense_section_placement: true,
          sections,
        },
      ];

const loneCard = (card: CardConfig, localize: Localize): ViewConfig[] =>
  view(localize("view.now"), "now", "mdi:home-lightning-bolt-outline", [
    { type: "grid", cards: [card] },
  ]);

/** What is shown without any device: what becomes of what is being set up, else what to do. */
const emptyView = async (
  hass: HomeAssistant,
  entryId: string | undefined,
  localize: Localize,
): Promise<ViewConfig[]> => {
  if ((await readEntries(hass, entryId)).length > 0) {
    const { ShemsStartingCard } = await import("./starting-card");
    if (!customElements.get(STARTING)) customElements.define(STARTING, ShemsStartingCard);
    return loneCard(full({ type: `custom:${STARTING}`, ...(entryId && { entry_id: entryId }) }), localize);
  }
  const title = localize("empty.title");
  return loneCard({ type: "markdown", title, content: localize("empty.text") }, localize);
};

const singleHome = (home: Home, energy: EnergyUse, localize: Localize): ViewConfig[] => {
  const page = (name: string, icon: string, sections: SectionConfig[], columns?: number): ViewConfig[] =>
    view(localize(`view.${name}`), name.replace("_", "-"), icon, sections, columns);
  return [
    // In four columns the drawing of the flows would be too small to read.
    ...page("now", "mdi:home-lightning-bolt-outline", nowSections(home, localize), 3),
    ...page("plan", "mdi:chart-timeline", planSections(home)),
    ...page("history", "mdi:history", historySections(home, energy, localize)),
    ...page("savings", "mdi:piggy-bank-outline", savingsSections(home, energy, localize)),
    ...page("tips", "mdi:lightbulb-on-outline", tipsSections(home)),
    ...page("what_if", "mdi:head-question-outline", whatIfSections(home)),
    ...page("home", "mdi:home-search-outline", homeSections(home, localize)),
    ...page("sim", "mdi:flask-outline", simulatedSections(home, localize)),
  ];
};

/** One view for each of several homes; their simulated devices follow in views of their own. */
const severalHomes = (homes: Home[], energy: EnergyUse, localize: Localize): ViewConfig[] => [
  ...homes.flatMap((home, index) =>
    view(home.name, `home-${index + 1}`, "mdi:home-lightning-bolt-outline", [
      ...nowSections(home, localize),
      ...planSections(home),
      ...savingsSections(home, energyOf(home, energy, false), localize),
      ...tipsSections(home),
      ...whatIfSections(home),
    ]),
  ),
  ...homes.flatMap((home, index) =>
    view(
      `${localize("view.sim")}: ${home.name}`,
      `simulated-${index + 1}`,
      "mdi:flask-outline",
      simulatedSections(home, localize),
    ),
  ),
];

/** One view for each community; a dashboard of one home shows all that homes here belong to. */
const communities = (hass: HomeAssistant, localize: Localize): ViewConfig[] =>
  readCommunities(hass).flatMap(({ entryId, hub }, index, all) =>
    view(
      all.length === 1 ? localize("community.title") : hub.name,
      `community-${index + 1}`,
      "mdi:home-group",
      communitySections(entryId, hub),
    ),
  );

export class ShemsDashboardStrategy extends HTMLElement {
  static noEditor = true;

  /** Give the views for the homes that the configuration names, or for all. */
  static async generate(
    config: StrategyConfig,
    whole: HomeAssistant,
  ): Promise<{ title: string; views: ViewConfig[] }> {
    const hass = await withRights(whole);
    const homes = readHomes(hass, config.entry_id);
    const [only] = homes;
    // What is shown first is fetched while the Energy dashboard is asked for.
    if (only) prefetch(location.pathname);
    const [energy] = await Promise.all([only && readEnergyUse(hass), loadWords(hass.language)]);
    const localize = localizer(hass.language);
    const title = localize("strategy.name");
    const shared = communities(hass, localize);
    if (!only || !energy) {
      const empty = shared.length === 0;
      return { title, views: empty ? await emptyView(hass, config.entry_id, localize) : shared };
    }
    const views =
      homes.length === 1
        ? singleHome(only, energyOf(only, energy, readHomes(hass).length === 1), localize)
        : severalHomes(homes, energy, localize);
    return { title, views: [...views, ...shared] };
  }
}
