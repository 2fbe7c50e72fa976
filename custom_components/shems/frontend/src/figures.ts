/** The few numbers at the card's top. */

import type { PlanMessage } from "./payload";

export interface Saving {
  amount: number;
  /** Share of the compared cost; null where that cost is no sensible base. */
  share: number | null;
}

/** Compare the plan's cost with another; positive is saved. */
export const saving = (plan: number | null, other: number | null): Saving | null => {
  if (plan === null || other === null) return null;
  const amount = other - plan;
  return { amount, share: other > 0.05 && amount <= other ? amount / other : null };
};

/** Give the fraction stored over all batteries at the end of a step. */
export const storedShare = (message: PlanMessage, index: number): number | null => {
  let stored = 0;
  let capacity = 0;
  for (const battery of message.batteries) {
    const soc = battery.soc[index];
    if (soc === undefined || soc === null) return null;
    stored += soc * battery.capacity_kwh;
    capacity += battery.capacity_kwh;
  }
  return capacity > 0 ? stored / capacity : null;
};

/** Give the last measured fraction stored. */
export const measuredSoc = (message: PlanMessage): number | null => {
  const { soc } = message.past;
  for (let i = soc.length - 1; i >= 0; i -= 1) {
    const value = soc[i];
    if (value !== null && value !== undefined) return value;
  }
  return null;
};
