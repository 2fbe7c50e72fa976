import type { FrontendLocale, HomeAssistant } from "./ha";
import { isolator } from "./localize";

/** Numbers and times as the user's profile asks for them. */
export interface Format {
  time: (epoch: number) => string;
  /** Time, with the weekday where it is not the day of `reference`. */
  dayTime: (epoch: number, reference: number) => string;
  /** Time of a full hour, as short as the format allows. */
  fullHour: (epoch: number) => string;
  weekday: (epoch: number) => string;
  /** An hour of any day, such as 6.5, on the clock. */
  timeOfDay: (hours: number) => string;
  /** Hour and minute in the shown time zone. */
  clock(epoch: number): { hour: number; minute: number };
  number: (value: number, digits: number) => string;
  /** A quantity with as many digits as tell something. */
  brief: (value: number) => string;
  /** Of kW; in watts below one. */
  power: (kw: number) => string;
  energy: (kwh: number) => string;
  percent: (fraction: number) => string;
  /** A short time, with as many digits as one reads. */
  seconds: (duration: number) => string;
  money: (amount: number) => string;
  /** Currency per kWh. */
  price: (amount: number) => string;
  currencySymbol: string;
}

/** From here on a power is written in kW: in watts it would round to a thousand. */
const LEAST_KW = 0.9995;

/** From here on a tenth of a second tells nothing. */
const LONG_S = 10;

const NUMBER_LANGUAGES: Record<string, string | string[] | undefined> = {
  comma_decimal: ["en-US", "en"],
  decimal_comma: ["de", "es", "it"],
  space_comma: ["fr", "sv", "cs"],
  quote_decimal: ["de-CH"],
  system: undefined,
};

const numberLanguage = (locale: FrontendLocale): string | string[] | undefined =>
  locale.number_format in NUMBER_LANGUAGES
    ? NUMBER_LANGUAGES[locale.number_format]
    : locale.language;

/** Tell whether clock times carry am and pm. */
const twelveHours = (locale: FrontendLocale): boolean => {
  if (locale.time_format === "12") return true;
  if (locale.time_format === "24") return false;
  const language = locale.time_format === "system" ? undefined : locale.language;
  const options = new Intl.DateTimeFormat(language, { hour: "numeric" }).resolvedOptions();
  return options.hour12 ?? false;
};

/** Give the zone to show: the home's, unless the profile prefers this device's. */
const shownZone = (hass: HomeAssistant, homeZone: string): string | undefined =>
  hass.locale.time_zone === "local" ? undefined : homeZone;

const safeZone = (zone: string | undefined): string | undefined => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return undefined;
  }
};

const moneyFormat = (
  language: string | string[] | undefined,
  currency: string,
  digits: number,
): ((amount: number) => string) => {
  const fixed = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  try {
    const format = new Intl.NumberFormat(language, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      ...fixed,
    });
    return (amount) => format.format(amount);
  } catch {
    // Not an ISO 4217 code: show it as the user wrote it.
    const format = new Intl.NumberFormat(language, fixed);
    return (amount) => `${format.format(amount)} ${currency}`.trim();
  }
};

const symbolOf = (language: string | string[] | undefined, currency: string): string => {
  try {
    const parts = new Intl.NumberFormat(language, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
    }).formatToParts(0);
    return parts.find((part) => part.type === "currency")?.value ?? currency;
  } catch {
    return currency;
  }
};

/** Avoid a minus sign before a rounded zero. */
const tidy = (value: number, digits: number): number => {
  const rounded = Number(value.toFixed(digits));
  return rounded === 0 ? 0 : value;
};

/** Give after how many digits a quantity says no more to a reader. */
const tellingDigits = (value: number): number => {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 100) return 0;
  if (size >= 1) return 1;
  return size >= 0.1 ? 2 : 3;
};

/** Make the formatter of a user's profile for a home. */
export const formatter = (hass: HomeAssistant, currency: string, homeZone: string): Format => {
  const { locale } = hass;
  const numbers = numberLanguage(locale);
  const timeZone = safeZone(shownZone(hass, homeZone || hass.config.time_zone));
  const twelve = twelveHours(locale);
  // Not `hour12: false`, which English writes as 24:00 at midnight.
  const hourStyle = {
    hour: twelve ? "numeric" : "2-digit",
    hourCycle: twelve ? "h12" : "h23",
    timeZone,
  } as const;
  const time = new Intl.DateTimeFormat(locale.language, { ...hourStyle, minute: "2-digit" });
  const anyDay = new Intl.DateTimeFormat(locale.language, {
    ...hourStyle,
    minute: "2-digit",
    timeZone: "UTC",
  });
  const hour = new Intl.DateTimeFormat(locale.language, hourStyle);
  const weekday = new Intl.DateTimeFormat(locale.language, { weekday: "short", timeZone });
  const day = new Intl.DateTimeFormat("en-CA", { dateStyle: "short", timeZone });
  const clock = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
    hourCycle: "h23",
  });
  const whole = isolator(locale.language);
  const counts = new Map<number, Intl.NumberFormat>();
  const number = (value: number, digits: number): string => {
    let format = counts.get(digits);
    if (!format) {
      format = new Intl.NumberFormat(numbers, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        useGrouping: locale.number_format !== "none",
      });
      counts.set(digits, format);
    }
    return format.format(tidy(value, digits));
  };
  const money = moneyFormat(numbers, currency, 2);
  const price = moneyFormat(numbers, currency, 3);
  const at = (epoch: number): Date => new Date(epoch * 1000);

  return {
    time: (epoch) => time.format(at(epoch)),
    dayTime: (epoch, reference) =>
      day.format(at(epoch)) === day.format(at(reference))
        ? time.format(at(epoch))
        : `${weekday.format(at(epoch))} ${time.format(at(epoch))}`,
    fullHour: (epoch) => (twelve ? hour : time).format(at(epoch)),
    timeOfDay: (hours) => anyDay.format(at(Math.round((hours % 24) * 60) * 60)),
    weekday: (epoch) => weekday.format(at(epoch)),
    clock: (epoch) => {
      const [hour, minute] = clock.format(at(epoch)).split(":").map(Number);
      return { hour: hour ?? 0, minute: minute ?? 0 };
    },
    number,
    brief: (value) => number(value, tellingDigits(value)),
    power: (kw) =>
      whole(
        Math.abs(kw) < LEAST_KW
          ? `${number(kw * 1000, 0)} W`
          : `${number(kw, Math.abs(kw) >= 10 ? 1 : 2)} kW`,
      ),
    energy: (kwh) => whole(`${number(kwh, 1)} kWh`),
    seconds: (duration) =>
      whole(`${number(duration, duration < LONG_S ? (duration < 1 ? 2 : 1) : 0)} s`),
    percent: (fraction) => whole(`${number(fraction * 100, 0)} %`),
    money: (amount) => money(tidy(amount, 2)),
    price: (amount) => whole(`${price(tidy(amount, 3))}/kWh`),
    currencySymbol: symbolOf(numbers, currency),
  };
};
