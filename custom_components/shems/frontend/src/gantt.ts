/** When devices run, as blocks on the time axis, and where a block may be put. */

import type { DevicePlan, Phrase, PlanMessage } from "./payload";
import { horizonEnd } from "./payload";

const STANDS_KW = 0.01;
const SNAP_S = 900;
/** A run that is put where it may begin late by as much is still the run that was asked for. */
export const SLACK_S = 300;

export interface Block {
  device: DevicePlan;
  start: number;
  end: number;
  /** kWh. */
  energy: number;
  /** What that costs at the buying price; null where one is unknown. */
  cost: number | null;
  reason: Phrase | null;
  /** Whether it has begun. */
  running: boolean;
}

export interface Row {
  device: DevicePlan;
  blocks: Block[];
}

/** Tell whether a programme is over: what follows at once is another run. */
const isWhole = ({ length_s: length }: DevicePlan, { start, end, running }: Block): boolean =>
  Boolean(length) && !running && end - start >= (length ?? 0);

const blocksOf = (message: PlanMessage, device: DevicePlan): Block[] => {
  const blocks: Block[] = [];
  message.end.forEach((end, index) => {
    const power = device.power_kw[index] ?? 0;
    if (end <= message.now || Math.abs(power) <= STANDS_KW) return;
    const start = message.start[index] ?? end;
    const hours = (end - start) / 3600;
    const price = message.import_price[index] ?? null;
    const cost = price === null ? null : power * hours * price;
    const last = blocks[blocks.length - 1];
    if (last?.end === start && !isWhole(device, last)) {
      last.end = end;
      last.energy += power * hours;
      last.cost = last.cost === null || cost === null ? null : last.cost + cost;
      return;
    }
    const reason = device.reason[index] ?? null;
    const running = start <= message.now;
    blocks.push({ device, start, end, energy: power * hours, cost, reason, running });
  });
  return blocks;
};

/** Give a row for each device that is to run. */
export const ganttRows = (message: PlanMessage): Row[] =>
  message.devices
    .map((device) => ({ device, blocks: blocksOf(message, device) }))
    .filter(({ blocks }) => blocks.length > 0);

/** Tell whether the user may put a block elsewhere: a programme that has not begun. */
export const isMovable = (message: PlanMessage, { device, running }: Block): boolean =>
  !running &&
  device.kind === "appliance" &&
  Boolean(device.length_s) &&
  message.movable?.[device.id] !== undefined;

/** Give the beginning nearest to a wish at which the block still fits. */
export const placed = (message: PlanMessage, block: Block, wish: number): number => {
  const length = block.device.length_s ?? block.end - block.start;
  const first = Math.ceil((message.now + 60) / SNAP_S) * SNAP_S;
  const last = Math.floor((horizonEnd(message) - length) / SNAP_S) * SNAP_S;
  return Math.max(first, Math.min(last, Math.round(wish / SNAP_S) * SNAP_S));
};

/** Give what a block costs at another time; null where a price is unknown. */
export const costAt = (message: PlanMessage, block: Block, start: number): number | null => {
  const length = block.device.length_s ?? block.end - block.start;
  let cost = 0;
  for (const [index, from] of message.start.entries()) {
    const to = message.end[index] ?? from;
    const seconds = Math.min(to, start + length) - Math.max(from, start);
    if (seconds <= 0) continue;
    const price = message.import_price[index] ?? null;
    if (price === null) return null;
    cost += (block.energy * price * seconds) / length;
  }
  return cost;
};
