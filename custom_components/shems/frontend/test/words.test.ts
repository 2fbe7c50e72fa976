import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { formatter } from "../src/format";
import { LANGUAGES, isLoaded, loadWords, localizer } from "../src/localize";
import type { Phrase } from "../src/payload";
import { sentence, shortfallSentence } from "../src/reasons";
import { fakeHass } from "./home";
import { NOW } from "./sample";

const LOCALES = import.meta.glob<Record<string, string>>("../src/locales/*.json", {
  import: "default",
  eager: true,
});
const english = LOCALES["../src/locales/en.json"]!;

const atFirst = LANGUAGES.filter(isLoaded);
await Promise.all(LANGUAGES.map(loadWords));

const words = (language: string) => ({
  localize: localizer(language),
  format: formatter(fakeHass(language), "EUR", "Europe/Amsterdam"),
});

const CODES: Record<string, Record<string, number | string>> = {
  charge_for: { price: 0.12, later: 0.34, saves: 0.42, from: NOW, to: NOW, until: NOW },
  charge_cheap: { price: 0.12, value: 0.28, until: NOW },
  charge_shared: { price: 0.23, own_price: 0.32 },
  store_surplus: { export_price: 0.05, value: 0.28 },
  sell_surplus: { export_price: 0.3, value: 0.2 },
  cover_load: { price: 0.31, value: 0.2 },
  keep_for_later: { price: 0.2, value: 0.28, at: NOW + 3600 },
  risk_limit: { price: 0.1, value: 0.28 },
  discharge_export: { export_price: 0.4, value: 0.2 },
  sell_shared: { export_price: 0.17, own_price: 0.08 },
  full: {},
  empty: { reserve: 0.1 },
  curtail_negative: { export_price: -0.03 },
  limit_grid: { limit_kw: 5 },
  limit_fuse: { limit_kw: 5 },
  limit_phase: { limit_kw: 5 },
  limit_peak: { limit_kw: 5 },
  limit_operator: { limit_kw: 5 },
  limit_event: { limit_kw: 5 },
  limit_household: { limit_kw: 5 },
  limit_entity: { limit_kw: 5 },
  limit_lost: { limit_kw: 5 },
  limit_imposed: { limit_kw: 5 },
  limit_export: { limit_kw: 5 },
  rule_fallback: {},
  override: { since: NOW, until: NOW + 3600, cause: "user" },
  paused: {},
  idle: {},
  no_price: {},
  little_to_win: { gain: 0.04 },
  self_consumption_chosen: {},
  timer_charges: { price: 0.12 },
  timer_chosen: {},
  charge_asked: { price: 0.12, deadline: NOW + 3600 },
  device_runs: { price: 0.08, usual: 0.21, saves: 0.42, until: NOW + 3600 },
  device_shared: { price: 0.23, own_price: 0.32, saves: 0.42, until: NOW + 3600 },
  device_alike: { price: 0.3, until: NOW + 3600 },
  device_needed: { price: 0.3, until: NOW + 3600 },
  device_waits: { price: 0.3, later: 0.1, at: NOW + 3600 },
  device_idle: {},
  timetable: { until: NOW + 3600 },
  timetable_on: { until: NOW + 3600 },
  timetable_rests: { until: NOW + 3600 },
  booked: { until: NOW + 3600 },
  booked_later: { at: NOW + 3600 },
  device_surplus: { export_price: 0.05 },
  device_sheds: { price: 1.2 },
  device_gives: { price: 0.4 },
  device_keeps: { until: NOW + 300 },
  device_turn: { device: "Tank" },
  user_on: {},
  user_off: {},
};

const SHORTFALLS: Record<string, string> = {
  energy_short: "kWh",
  energy_over: "kWh",
  power_short: "kWh",
  departure_past: "kWh",
  too_cold: "Kh",
  too_warm: "Kh",
  too_cold_water: "kWh",
  legionella_missed: "K",
  not_run: "runs",
  late: "h",
};

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe("sentences", () => {
  for (const language of LANGUAGES) {
    const { localize, format } = words(language);
    it.each(Object.entries(CODES))(`puts %s into words in ${language}`, (code, args) => {
      const text = sentence("reason", { code, args }, localize, format, NOW);
      expect(text).toMatch(/^\p{Lu}.*\.$/u);
      expect(text).not.toMatch(/[{}]|undefined|NaN/);
      expect(text).not.toBe(localize("reason.unknown", { code: code.replaceAll("_", " ") }));
    });

    it.each(Object.entries(CODES))(`bears missing arguments of %s in ${language}`, (code) => {
      const text = sentence("reason", { code, args: {} }, localize, format, NOW);
      expect(text).toMatch(/\.$/);
      expect(text).not.toMatch(/[{}]|undefined|NaN/);
      expect(text).not.toContain(`(${code.replaceAll("_", " ")})`);
    });
  }

  it.each(Object.entries(SHORTFALLS))("says that %s cannot be had", (code, unit) => {
    for (const language of LANGUAGES) {
      const { localize, format } = words(language);
      const known = { code, unit, amount: 1.5, at: new Date(NOW * 1000).toISOString(), nearest: 18 };
      for (const each of [known, { ...known, at: null, nearest: null }]) {
        const text = shortfallSentence(each, localize, format, NOW);
        expect(text).toMatch(/^\p{Lu}.*\.$/u);
        expect(text).not.toMatch(/[{}]|undefined|NaN/);
        expect(text).not.toBe(localize("shortfall.unknown"));
      }
    }
  });

  it("says that something cannot be had even where it is not known", () => {
    const { localize, format } = words("en");
    const odd = { code: "brand_new", unit: "h", amount: NaN, at: "never", nearest: null };
    expect(shortfallSentence(odd, localize, format, NOW)).toBe(localize("shortfall.unknown"));
  });

  it("writes prices, times, shares and powers as the user reads them", () => {
    const { localize, format } = words("de");
    const say = (code: string) =>
      sentence("reason", { code, args: CODES[code]! }, localize, format, NOW).replaceAll(
        "\u00a0",
        " ",
      );
    expect(say("charge_cheap")).toContain("0,120 €/kWh");
    expect(say("keep_for_later")).toContain("13:05");
    expect(say("empty")).toContain("10 %");
    expect(say("limit_grid")).toContain("5,00 kW");
    expect(say("little_to_win")).toContain("0,04 €");
  });

  it("says who has taken a device, since and until when", () => {
    const { localize, format } = words("en");
    const args = { since: NOW, until: NOW + 7200 };
    const say = (cause: string) =>
      sentence("reason", { code: "override", args: { ...args, cause } }, localize, format, NOW);
    expect(say("automation")).toMatch(/^Overridden by an automation since .*, until .*\.$/);
    expect(say("device")).toContain("the device itself");
    expect(say("a ghost")).toBe("You are in charge for now.");
  });

  it("never breaks on what it does not know", () => {
    const { localize, format } = words("en");
    const odd: (Phrase | null | undefined)[] = [
      { code: "brand_new", args: { price: 1 } },
      { code: "toString", args: {} },
      { code: "charge_cheap", args: { price: NaN, value: Infinity } },
      null,
      undefined,
      {} as never,
      { code: "empty", args: null as never },
    ];
    for (const phrase of odd) {
      const text = sentence("reason", phrase, localize, format, NOW);
      expect(text.length).toBeGreaterThan(5);
      expect(text).not.toMatch(/[{}]|undefined|NaN|native/);
    }
    expect(sentence("problem", { code: "brand_new", args: {} }, localize, format, NOW)).toContain(
      "brand new",
    );
  });
});

describe("languages", () => {
  it("has every text and no other in German, which is written with English", () => {
    const german = LOCALES["../src/locales/de.json"]!;
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
  });

  it.each(Object.entries(LOCALES))("uses only arguments that English has in %s", (_, table) => {
    for (const [key, text] of Object.entries(table)) {
      expect(placeholders(english[key] ?? text), key).toEqual(expect.arrayContaining(placeholders(text)));
      expect(text.trim(), key).not.toBe("");
    }
  });

  it("has a text for every key that the sources name", () => {
    const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(`src/${name}`, "utf8"))
      .join("\n");
    const named = [...sources.matchAll(/localize\(\s*"([^"]+)"/g)].map(([, key]) => key!);
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((key) => !(key in english))).toEqual([]);
  });

  it("has a text for every reason and problem that Python gives", () => {
    const sources = readdirSync("..", { recursive: true, encoding: "utf8" })
      // What the closed loop refuses is for its command alone; what communities refuse, for
      // forms and actions.
      .filter((name) => name.endsWith(".py") && !/^(core.(replay|market)|community)|node_modules/.test(name))
      .map((name) => readFileSync(`../${name}`, "utf8"))
      .join("\n");
    const codes = (kind: RegExp) => [...sources.matchAll(kind)].map(([, code]) => code!);
    const problems = codes(/(?:InputError|SourceError)\(\s*"(\w+)"/g);
    const reasons = codes(/\bReason\(\s*"(\w+)"/g);
    const wishes = codes(/\bWish\(\s*"(\w+)"/g);
    expect(wishes.length).toBeGreaterThan(5);
    expect(wishes.filter((code) => !(`shortfall.${code}` in english))).toEqual([]);
    expect(problems.length).toBeGreaterThan(20);
    expect(reasons.length).toBeGreaterThan(10);
    expect(problems.filter((code) => !(`problem.${code}` in english))).toEqual([]);
    const either = (code: string) => `reason.${code}` in english || `problem.${code}` in english;
    // "any" belongs to orders that are looked at and never given.
    expect(reasons.filter((code) => code !== "any" && !either(code))).toEqual([]);
  });

  it("loads no language but English unasked", () => {
    expect(atFirst).toEqual(["en"]);
    expect(LANGUAGES.length).toBe(Object.keys(LOCALES).length);
  });

  it("falls back to the language without its region, then to English", () => {
    expect(localizer("de-CH")("status.off")).toBe("Aus");
    expect(isLoaded("de-CH")).toBe(true);
    expect(localizer("xx")("status.off")).toBe("Off");
  });
});

describe("formats", () => {
  const format = (changes: object, currency = "EUR") => {
    const hass = fakeHass("en");
    hass.locale = { ...hass.locale, ...changes };
    return formatter(hass, currency, "Europe/Amsterdam");
  };

  it("follows the profile's number and time formats", () => {
    expect(format({ number_format: "decimal_comma" }).number(1234.5, 1)).toBe("1.234,5");
    expect(format({ number_format: "none" }).number(1234.5, 1)).toBe("1234.5");
    expect(format({ time_format: "24" }).time(NOW)).toBe("12:05");
    expect(format({ time_format: "12" }).time(NOW)).toMatch(/^12:05\sPM$/);
    expect(format({ time_format: "language" }).time(NOW + 3600)).toMatch(/^1:05\sPM$/);
    expect(format({ time_format: "12" }).fullHour(NOW + 3300)).toMatch(/^1\sPM$/);
    expect(format({ time_format: "24" }).fullHour(NOW + 3300)).toBe("13:00");
  });

  it("names the day only where it is another", () => {
    expect(format({}).dayTime(NOW, NOW)).toBe("12:05");
    expect(format({}).dayTime(NOW + 86400, NOW)).toBe("Sat 12:05");
  });

  it("keeps to the clock over the change to winter time", () => {
    const night = Date.UTC(2026, 9, 24, 22) / 1000;
    const hours = [0, 1, 2, 3, 4].map((i) => format({}).time(night + i * 3600));
    expect(hours).toEqual(["00:00", "01:00", "02:00", "02:00", "03:00"]);
  });

  it("writes watts below a kilowatt, and no more digits than tell something", () => {
    const { power, brief, timeOfDay } = formatter(fakeHass("en"), "EUR", "Europe/Amsterdam");
    expect([0, 0.8371, -0.02, 0.9996, 3.456, 12.34].map(power)).toEqual(
      ["0 W", "837 W", "-20 W", "1.00 kW", "3.46 kW", "12.3 kW"],
    );
    expect([5.4, 5, 0.25, 0.0325, 1234.5].map(brief)).toEqual(
      ["5.4", "5", "0.25", "0.033", "1,235"],
    );
    expect([7.75, 24.5].map(timeOfDay)).toEqual(["07:45", "00:30"]);
  });

  it("keeps quantities and English texts whole where a language is written from the right", () => {
    expect(formatter(fakeHass("he"), "EUR", "Europe/Amsterdam").power(2)).toBe("\u20662.00 kW\u2069");
    expect(localizer("he")("view.now")).toBe("\u2066Now\u2069");
    expect(localizer("de")("view.now")).toBe("Jetzt");
  });

  it("shows any currency, and no minus before zero", () => {
    expect(format({}, "not a code").money(1.5)).toBe("1.50 not a code");
    expect(format({}).money(-0.001)).toBe("€0.00");
    expect(format({}).number(-0.001, 2)).toBe("0.00");
  });
});
