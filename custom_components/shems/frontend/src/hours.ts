/** The plan in whole hours, for people who read tables rather than charts. */

import { storedShare } from "./figures";
import type { BatteryMode, PlanMessage } from "./payload";

export interface HourRow {
  start: number;
  importPrice: number | null;
  load: number;
  solar: number;
  grid: number;
  battery: number;
  soc: number | null;
  modes: BatteryMode[];
}

interface Sums {
  row: HourRow;
  hours: number;
  money: number;
  priced: number;
}

const HOUR = 3600;

const emptyRow = (start: number): Sums => ({
  row: { start, importPrice: null, load: 0, solar: 0, grid: 0, battery: 0, soc: null, modes: [] },
  hours: 0,
  money: 0,
  priced: 0,
});

const add = (sums: Sums, message: PlanMessage, index: number, hours: number): void => {
  const { row } = sums;
  const price = message.import_price[index];
  sums.hours += hours;
  if (price !== null && price !== undefined) {
    sums.money += price * hours;
    sums.priced += hours;
  }
  row.load += (message.load_kw.p50[index] ?? 0) * hours;
  row.solar += (message.solar_kw.p50[index] ?? 0) * hours;
  row.grid += (message.grid_kw[index] ?? 0) * hours;
  for (const battery of message.batteries) row.battery += (battery.power_kw[index] ?? 0) * hours;
  row.soc = storedShare(message, index);
  row.modes = message.batteries.map((battery) => battery.mode[index] ?? "hold");
};

const finish = ({ row, hours, money, priced }: Sums): HourRow => ({
  ...row,
  importPrice: priced > 0 ? money / priced : null,
  load: row.load / hours,
  solar: row.solar / hours,
  grid: row.grid / hours,
  battery: row.battery / hours,
});

/** Average the plan over full hours of the clock, from now on. */
export const hourRows = (message: PlanMessage, most: number): HourRow[] => {
  const rows = new Map<number, Sums>();
  message.end.forEach((end, index) => {
    let start = Math.max(message.start[index] ?? end, message.now);
    while (start < end) {
      const hour = Math.floor(start / HOUR) * HOUR;
      const stop = Math.min(end, hour + HOUR);
      const sums = rows.get(hour) ?? emptyRow(hour);
      rows.set(hour, sums);
      add(sums, message, index, (stop - start) / HOUR);
      start = stop;
    }
  });
  return [...rows.values()].slice(0, most).map(finish);
};
