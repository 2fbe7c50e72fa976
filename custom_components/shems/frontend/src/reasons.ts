/** Codes with arguments put into sentences. */

import type { Format } from "./format";
import { hasText, type Localize } from "./localize";
import type { Args, Phrase, Shortfall } from "./payload";

const UNFILLED = /\{\w+\}/;

const PRICES = new Set(["price", "own_price", "value", "export_price", "usual", "later"]);
const TIMES = new Set(["until", "since", "at", "from", "to", "deadline", "starts", "ends", "earliest"]);
const MONEY = new Set(["gain", "saves"]);

/** Write one argument the way its name asks for; null where it cannot be written. */
const written = (name: string, raw: unknown, format: Format, now: number): string | null => {
  if (typeof raw === "string" && raw !== "") return raw;
  if (typeof raw !== "number" || !Number.isFinite(raw)) return null;
  if (MONEY.has(name)) return format.money(raw);
  if (PRICES.has(name)) return format.price(raw);
  if (TIMES.has(name)) return format.dayTime(raw, now);
  if (name === "reserve" || name === "soc") return format.percent(raw);
  if (name.endsWith("_kw")) return format.power(raw);
  if (name.endsWith("_kwh")) return format.energy(raw);
  return format.number(raw, Number.isInteger(raw) ? 0 : 2);
};

/** Fill the text, or give null where an argument it needs is missing. */
const filled = (
  key: string,
  args: Args,
  localize: Localize,
  format: Format,
  now: number,
): string | null => {
  if (!hasText(key)) return null;
  const words: Args = {};
  for (const [name, raw] of Object.entries(args)) {
    const word = written(name, raw, format, now);
    if (word !== null) words[name] = word;
  }
  const text = localize(key, words);
  return UNFILLED.test(text) ? null : text;
};

/** Put who changed a device by hand into words; without them the sentence goes without. */
const withCause = (args: Args, localize: Localize): Args => {
  const { cause, ...others } = args;
  const key = `override.${String(cause)}`;
  return hasText(key) ? { ...others, cause: localize(key) } : others;
};

/** Put a phrase into a sentence; an unknown code gets a general one. */
export const sentence = (
  kind: "reason" | "problem",
  phrase: Phrase | null | undefined,
  localize: Localize,
  format: Format,
  now: number,
): string => {
  if (!phrase || typeof phrase.code !== "string") return localize(`${kind}.unknown`, { code: "?" });
  const args = withCause(phrase.args ?? {}, localize);
  const base = `${kind}.${phrase.code}`;
  return (
    filled(base, args, localize, format, now) ??
    filled(`${base}.short`, args, localize, format, now) ??
    localize(`${kind}.unknown`, { code: phrase.code.replaceAll("_", " ") })
  );
};

/** Write how much is missing. */
const missing = ({ amount, unit }: Shortfall, format: Format): string =>
  unit === "kWh" ? format.energy(amount) : `${format.number(amount, 1)} ${unit}`;

/** Say what of a device's wishes cannot be had. */
export const shortfallSentence = (
  shortfall: Shortfall,
  localize: Localize,
  format: Format,
  now: number,
): string => {
  const args: Args = { amount: missing(shortfall, format) };
  const at = shortfall.at === null ? NaN : Date.parse(shortfall.at) / 1000;
  if (Number.isFinite(at)) args.at = at;
  if (shortfall.nearest !== null)
    args.nearest =
      shortfall.code.startsWith("energy_")
        ? format.energy(shortfall.nearest)
        : `${format.number(shortfall.nearest, 1)} °C`;
  const base = `shortfall.${shortfall.code}`;
  return (
    filled(`${base}.nearest`, args, localize, format, now) ??
    filled(base, args, localize, format, now) ??
    filled(`${base}.short`, args, localize, format, now) ??
    localize("shortfall.unknown")
  );
};
