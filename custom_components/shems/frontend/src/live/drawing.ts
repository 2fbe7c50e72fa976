/** Where the parts of a home stand in the drawing of its flows, and how much moves between them. */

import type { LiveDevice, LiveMessage } from "./payload";

export const WIDTH = 400;
const MIDDLE = WIDTH / 2;
const ROW = 104;
const TOP = 48;
const EDGE = 52;
/** Beneath the last row there is room for a name of two lines. */
const LABEL = 20;
const MOST_IN_ROW = 5;
const MOST_DEVICES = 10;
/** Below ten watts nothing flows. */
const FLOWS_KW = 0.01;

/** From how much on dots move faster, kW. */
const PACES = [0.5, 2, 5];

export interface Node {
  id: string;
  kind: "solar" | "grid" | "battery" | "device";
  /** Of the device, for those that are one. */
  device?: LiveDevice;
  x: number;
  y: number;
  /** How wide its name may be. */
  room: number;
  /** Towards the home; null where unknown. */
  kw: number | null;
}

export interface Drawing {
  home: { x: number; y: number };
  nodes: Node[];
  height: number;
}

/** Tell how fast dots move: 0 stands still, then 1 to 4. */
export const paceOf = (kw: number | null): number =>
  kw === null || Math.abs(kw) < FLOWS_KW ? 0 : 1 + PACES.filter((from) => Math.abs(kw) >= from).length;

/** Beneath a node at the edge, its name may be as wide as to the edge on both sides. */
const AT_EDGE = 2 * EDGE;

/** Give the room for a name: up to the neighbours', and not beyond the edge. */
const roomOf = (count: number): number =>
  count === 1 ? WIDTH - AT_EDGE : Math.min(AT_EDGE, (WIDTH - AT_EDGE) / (count - 1)) - 4;

const spread = (count: number, index: number): number =>
  count === 1 ? MIDDLE : EDGE + (index * (WIDTH - 2 * EDGE)) / (count - 1);

const towardsHome = ({ power_kw }: LiveDevice): number | null =>
  power_kw === null ? null : -power_kw;

/** Put solar above the home, the grid before and batteries behind it, devices beneath. */
export const layOut = (message: LiveMessage): Drawing => {
  const batteries = message.devices.filter(({ kind }) => kind === "battery");
  const devices = message.devices
    .filter(({ kind, power_kw }) => kind !== "battery" && kind !== "solar" && power_kw !== null)
    .slice(0, MOST_DEVICES);
  const above = message.has_solar ? ROW : 0;
  const tall = Math.max(1, batteries.length);
  const home = { x: MIDDLE, y: TOP + above + ((tall - 1) * ROW) / 2 };
  const nodes: Node[] = [{ id: "grid", kind: "grid", x: EDGE, y: home.y, room: AT_EDGE, kw: message.grid_kw }];
  if (message.has_solar)
    nodes.push({ id: "solar", kind: "solar", x: MIDDLE, y: TOP, room: AT_EDGE, kw: message.solar_kw });
  batteries.forEach((device, index) =>
    nodes.push({
      id: device.id,
      kind: "battery",
      device,
      x: WIDTH - EDGE,
      y: TOP + above + index * ROW,
      room: AT_EDGE,
      kw: towardsHome(device),
    }),
  );
  const begin = TOP + above + tall * ROW;
  const rows = Math.ceil(devices.length / MOST_IN_ROW);
  const each = rows === 0 ? 0 : Math.ceil(devices.length / rows);
  devices.forEach((device, index) => {
    const row = Math.floor(index / each);
    const inRow = Math.min(each, devices.length - row * each);
    nodes.push({
      id: device.id,
      kind: "device",
      device,
      x: spread(inRow, index - row * each),
      y: begin + row * ROW,
      room: roomOf(inRow),
      kw: towardsHome(device),
    });
  });
  return { home, nodes, height: begin + rows * ROW - TOP + LABEL };
};
