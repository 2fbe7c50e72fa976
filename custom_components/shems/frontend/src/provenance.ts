/** Puts into words where forecasts come from and how good they were. */

import type { Format } from "./format";
import { type Localize, hasText } from "./localize";
import type { PlanMessage, Provenance } from "./payload";

const LEAST_SKILL = 0.005;

/** Find the words for a source, for a mix of several at least those for the first. */
const textOf = (source: string): string | undefined =>
  [`source.${source}`, `source.${source.split("+")[0]}`].find(hasText);

const ofOne = (
  { source, learned_until: until, skill }: Provenance,
  now: number,
  localize: Localize,
  format: Format,
): string => {
  const key = textOf(source ?? "");
  if (key === undefined) return "";
  const time = until === null ? "–" : format.dayTime(until, now);
  const parts = [localize(key, { time })];
  if (skill !== null && skill > LEAST_SKILL) {
    parts.push(localize("source.better", { percent: format.percent(skill) }));
  } else if (skill !== null && skill < -LEAST_SKILL) {
    parts.push(localize("source.worse", { percent: format.percent(-skill) }));
  }
  return parts.join(", ");
};

/** Give one sentence for each forecast whose source is known. */
export const provenanceLines = (
  { provenance, now }: PlanMessage,
  localize: Localize,
  format: Format,
): string[] =>
  (["load", "solar"] as const).flatMap((quantity) => {
    const words = ofOne(provenance[quantity], now, localize, format);
    return words ? [`${localize(`series.${quantity}`)}: ${words}`] : [];
  });
