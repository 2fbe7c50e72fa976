/** What can be asked, with the fields of each question. */

import type { Value } from "./payload";

export type Unit = "kWh" | "kW" | "°" | "%" | "K" | "money" | "price" | "days" | "clock";

export interface Range {
  kind: "range";
  name: string;
  low: number;
  high: number;
  step: number;
  usual: number;
  unit: Unit;
}

export interface Choice {
  kind: "choice";
  name: string;
  options: readonly string[];
  usual: string;
}

export type Field = Range | Choice;

export interface QuestionKind {
  name: string;
  fields: readonly Field[];
  /** Whether it is bought, so that it may pay back. */
  bought: boolean;
  /** Put what was entered into the integration's words. */
  asked: (entered: Record<string, number | string>) => Record<string, Value>;
}

const range = (
  name: string,
  unit: Unit,
  [low, high, step]: [number, number, number],
  usual: number,
): Range => ({ kind: "range", name, low, high, step, usual, unit });

const asIs = (entered: Record<string, number | string>): Record<string, Value> => ({ ...entered });

const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const clock = (hour: number): string => `${String(hour % 24).padStart(2, "0")}:00`;

/** The questions in the order in which they are offered. */
export const QUESTIONS: readonly QuestionKind[] = [
  {
    name: "battery",
    bought: true,
    fields: [
      range("battery_kwh", "kWh", [1, 40, 1], 10),
      range("battery_kw", "kW", [0.5, 20, 0.5], 5),
    ],
    asked: asIs,
  },
  {
    name: "solar",
    bought: true,
    fields: [
      range("solar_kw", "kW", [0.5, 30, 0.5], 5),
      range("solar_tilt", "°", [0, 90, 5], 35),
      range("solar_azimuth", "°", [0, 355, 5], 180),
    ],
    asked: asIs,
  },
  {
    name: "contract",
    bought: false,
    fields: [
      { kind: "choice", name: "contract", options: ["fixed", "dynamic"], usual: "fixed" },
      range("buy_price", "price", [0, 1, 0.005], 0.3),
      range("sell_price", "price", [-0.2, 0.5, 0.005], 0.08),
      range("peak_price", "money", [0, 20, 0.5], 0),
    ],
    asked: asIs,
  },
  {
    name: "car",
    bought: false,
    fields: [
      range("days", "days", [1, 7, 1], 5),
      range("leave", "clock", [0, 23, 1], 8),
      range("back", "clock", [0, 23, 1], 18),
      range("energy_kwh", "kWh", [1, 60, 1], 8),
      range("charger_kw", "kW", [1.5, 22, 0.5], 11),
      range("fuel_cost", "price", [0, 1, 0.01], 0),
    ],
    asked: ({ days, leave, back, energy_kwh: energy, ...others }) => ({
      ...others,
      trips: [
        {
          leave: clock(Number(leave)),
          back: clock(Number(back)),
          energy_kwh: Number(energy),
          weekdays: WEEK.slice(0, Number(days)),
        },
      ],
    }),
  },
  {
    name: "heat_pump",
    bought: true,
    fields: [
      range("heat_kwh", "kWh", [1000, 40000, 500], 12000),
      { kind: "choice", name: "replaces", options: ["fuel", "direct"], usual: "fuel" },
      range("fuel_price", "price", [0, 0.5, 0.005], 0.12),
    ],
    asked: asIs,
  },
  {
    name: "insulation",
    bought: true,
    fields: [range("insulation", "%", [5, 60, 5], 20)],
    asked: asIs,
  },
  {
    name: "setpoint",
    bought: false,
    fields: [range("setpoint", "K", [-3, 3, 0.5], -1)],
    asked: asIs,
  },
  {
    name: "without_shems",
    bought: false,
    fields: [],
    asked: () => ({ without_shems: true }),
  },
  {
    name: "community",
    bought: false,
    fields: [
      range("community_price", "price", [0, 0.5, 0.005], 0.15),
      range("community_sells", "%", [0, 100, 5], 50),
      range("community_buys", "%", [0, 100, 5], 30),
    ],
    asked: asIs,
  },
];

/** Give a question's fields as they are at first. */
export const usual = (kind: QuestionKind): Record<string, number | string> =>
  Object.fromEntries(kind.fields.map((field) => [field.name, field.usual]));
