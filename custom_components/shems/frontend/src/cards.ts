/** Where the code of each card is. */

export interface CardClass extends CustomElementConstructor {
  getConfigForm(): Record<string, unknown>;
}

const CARDS: Record<string, () => Promise<CardClass>> = {
  plan: async () => (await import("./card/plan-card")).ShemsPlanCard,
  flow: async () => (await import("./live/flow-card")).ShemsFlowCard,
  prices: async () => (await import("./prices/prices-card")).ShemsPricesCard,
  device: async () => (await import("./live/device-card")).ShemsDeviceCard,
  savings: async () => (await import("./savings/savings-card")).ShemsSavingsCard,
  tips: async () => (await import("./tips/tips-card")).ShemsTipsCard,
  "what-if": async () => (await import("./what-if/what-if-card")).ShemsWhatIfCard,
  inferred: async () => (await import("./what-if/inferred-card")).ShemsInferredCard,
  alerts: async () => (await import("./alerts/alerts-card")).ShemsAlertsCard,
  community: async () => (await import("./community/community-card")).ShemsCommunityCard,
  history: async () => (await import("./history/history-card")).ShemsHistoryCard,
  report: async () => (await import("./report/report-card")).ShemsReportCard,
};

/** Fetch a card by the middle of its tag. */
export const cardClass = async (name: string): Promise<CardClass> => {
  const load = CARDS[name];
  if (!load) throw new Error(`There is no card ${name}`);
  return load();
};
