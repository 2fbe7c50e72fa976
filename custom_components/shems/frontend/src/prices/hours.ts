/** Prices by the hour, for drawings of a day. */

import type { PlanMessage } from "../payload";

const HOUR = 3600;

export interface PriceHour {
  start: number;
  price: number;
  /** False where it is only expected. */
  known: boolean;
  /** 0 for the cheapest, 1 for the dearest of those shown. */
  rank: number;
}

/** Average the buying price over hours of the clock, from the running one on; unknown ones are left out. */
export const priceHours = (message: PlanMessage, count: number): PriceHour[] => {
  const first = Math.floor(message.now / HOUR) * HOUR;
  const sums = new Map<number, { money: number; time: number; known: boolean }>();
  message.start.forEach((start, index) => {
    const price = message.import_price[index];
    const end = message.end[index] ?? start;
    if (price === null || price === undefined || end <= first) return;
    for (let at = start; at < end; at = Math.floor(at / HOUR) * HOUR + HOUR) {
      const hour = Math.floor(at / HOUR) * HOUR;
      const time = Math.min(end, hour + HOUR) - at;
      const sum = sums.get(hour) ?? { money: 0, time: 0, known: true };
      sum.money += price * time;
      sum.time += time;
      sum.known &&= message.price_known[index] ?? true;
      sums.set(hour, sum);
    }
  });
  const hours = [...sums]
    .sort(([a], [b]) => a - b)
    .filter(([start]) => start < first + count * HOUR)
    .map(([start, { money, time, known }]) => ({ start, price: money / time, known }));
  const prices = hours.map(({ price }) => price);
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  const span = high - low;
  return hours.map((hour) => ({ ...hour, rank: span > 0 ? (hour.price - low) / span : 0.5 }));
};
