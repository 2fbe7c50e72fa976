/** Why is done what is done at a time. */

import { kindOf } from "../kinds";
import { modeKey } from "../modes";
import type { Phrase, PlanMessage } from "../payload";
import { sentence } from "../reasons";
import { stepIndex } from "../timeline";
import type { Words } from "./parts";

const STANDS_KW = 0.01;

export interface Told {
  name: string;
  text: string;
}

/** Say of each battery, and of each device that runs at that time, what it does and why. */
export const reasonsAt = (message: PlanMessage, time: number, words: Words): Told[] => {
  const { localize, format } = words;
  const index = stepIndex(message, time);
  const why = (phrase: Phrase | null | undefined): string =>
    phrase ? sentence(kindOf(phrase), phrase, localize, format, message.now) : "";
  const batteries = message.batteries.flatMap(({ name, mode, reason }) => {
    const done = mode[index];
    return done ? [{ name, text: `${localize(modeKey(done))}. ${why(reason[index])}` }] : [];
  });
  const devices = message.devices.flatMap(({ name, power_kw, reason }) => {
    const power = power_kw[index] ?? 0;
    if (Math.abs(power) <= STANDS_KW) return [];
    return [{ name, text: `${format.power(Math.abs(power))}. ${why(reason[index])}` }];
  });
  return [...batteries, ...devices];
};
