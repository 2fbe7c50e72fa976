/** Registers the cards and the dashboard strategy, once per page; their code comes when it is shown. */

import { CARDS, tagOf } from "./catalog";
import type { CardConfig, HomeAssistant } from "./ha";
import { lazyCard } from "./lazy";
import { listed, loadListing } from "./listing";
import { suggest } from "./suggest";

interface CustomWindow {
  customCards?: { type: string }[];
  customStrategies?: { type: string }[];
}

const DOCUMENTATION = "https://github.com/shems-energy/shems";

const define = (tag: string, element: CustomElementConstructor): void => {
  if (!customElements.get(tag)) customElements.define(tag, element);
};

const list = (
  name: keyof CustomWindow,
  words: string,
  entry: { type: string } & Record<string, unknown>,
): void => {
  const shared = window as CustomWindow;
  const entries = (shared[name] ??= []);
  if (entries.some((other) => other.type === entry.type)) return;
  entries.push({
    ...entry,
    get name() {
      return listed(`${words}.name`);
    },
    get description() {
      return listed(`${words}.description`);
    },
    documentationURL: DOCUMENTATION,
  } as { type: string });
};

void loadListing(document.documentElement.lang || "en");

for (const kind of CARDS) {
  const type = tagOf(kind.name);
  define(type, lazyCard(kind));
  list("customCards", kind.words ?? kind.name, {
    type,
    preview: true,
    getEntitySuggestion: (hass: HomeAssistant, entity: string) => suggest(kind, hass, entity),
  });
}

define(
  "ll-strategy-dashboard-shems",
  class extends HTMLElement {
    static noEditor = true;
    static registryDependencies = ["entities", "devices"];
    static generate = async (config: CardConfig, hass: HomeAssistant): Promise<unknown> =>
      (await import("./strategy/dashboard")).ShemsDashboardStrategy.generate(config, hass);
  },
);

list("customStrategies", "strategy", { type: "shems", strategyType: "dashboard" });
