import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { ShemsCommunityCard } from "../src/community/community-card";
import { hoursOf } from "../src/community/outlook";
import type { CommunityMessage, Outlook } from "../src/community/payload";
import { ShemsDashboardStrategy } from "../src/strategy/dashboard";
import { FakeConnection, fakeHass, withDevices } from "./home";

await import("./cards");

const NOW = Date.UTC(2026, 5, 10, 10, 20) / 1000;
const SLOT = 900;

const OUTLOOK: Outlook = {
  start: NOW - (NOW % SLOT),
  step_s: SLOT,
  need_kwh: Array.from({ length: 48 }, () => 0.5),
  surplus_kwh: Array.from({ length: 48 }, (_, index) => (index < 24 ? 1 : 0)),
  issued: NOW - 60,
  stale: false,
};

const MESSAGE: CommunityMessage = {
  entry_id: "c1",
  name: "Sun street",
  currency: "EUR",
  now: NOW,
  mode: "sharing",
  binding: true,
  connection: "connected",
  members: 12,
  online: 9,
  prices: { community: 0.15, fee: 0.06, import: 0.32, export: 0.08 },
  slot: { start: NOW - (NOW % SLOT) - SLOT, end: NOW - (NOW % SLOT), state: "provisional" },
  outlook: OUTLOOK,
  spans: {
    month: { bought_kwh: 40.2, sold_kwh: 12.5, saving: 5.25, provisional: 96, final: 800, void: 2 },
    day: { bought_kwh: 1, sold_kwh: 0, saving: null, provisional: 40, final: 0, void: 0 },
  },
};

describe("outlook", () => {
  it("adds slots to hours and leaves out what is over", () => {
    const start = NOW - (NOW % 3600);
    const hours = hoursOf({ ...OUTLOOK, start }, NOW);
    // The slot that ended at 10:15 is gone; the three after it are left of the first hour.
    expect(hours[0]).toEqual({ start, need: 1.5, surplus: 3 });
    expect(hours[1]).toEqual({ start: start + 3600, need: 2, surplus: 4 });
    expect(hoursOf(OUTLOOK, NOW + 86400)).toEqual([]);
  });
});

describe("community card", () => {
  let connection: FakeConnection;

  beforeEach(() => {
    vi.useFakeTimers();
    connection = new FakeConnection();
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  const show = async (message: CommunityMessage | null): Promise<ShemsCommunityCard> => {
    const card = document.createElement("shems-community-card") as ShemsCommunityCard;
    card.setConfig({ type: "custom:shems-community-card" });
    card.hass = fakeHass("en", connection);
    document.body.append(card);
    await vi.advanceTimersByTimeAsync(0);
    if (message) connection.send(message);
    await vi.advanceTimersByTimeAsync(0);
    await card.updateComplete;
    return card;
  };
  const text = (card: ShemsCommunityCard): string =>
    (card.shadowRoot?.textContent ?? "").replace(/\s+/g, " ");

  it("shows who is there, what was shared and saved, and the prices beside one's own", async () => {
    const card = await show(MESSAGE);
    const shown = text(card);
    for (const each of [
      "Sun street",
      "Connected",
      "9 of 12 online",
      "12:00 to 12:15: provisional",
      "€5.25",
      "40.2 kWh",
      "12.5 kWh",
      "800 slots are final, 96 provisional",
      "2 are void",
      "€0.210/kWh",
      "€0.320/kWh",
      "€0.150/kWh",
      "€0.080/kWh",
      "SHEMS moves no money",
    ])
      expect(shown).toContain(each);
    expect(connection.asked).toEqual([{ type: "shems/community/subscribe" }]);
  });

  it("draws surplus and need by the hour, and tells them as text and table too", async () => {
    const card = await show(MESSAGE);
    const chart = card.shadowRoot?.querySelector("svg.outlook");
    expect(chart?.querySelectorAll("rect.surplus").length).toBe(13);
    expect(chart?.querySelectorAll("rect.need").length).toBe(13);
    expect(chart?.getAttribute("aria-label")).toContain("surplus 24.0 kWh, need 24.0 kWh");
    expect(card.shadowRoot?.querySelectorAll("tbody tr").length).toBe(13);
    expect(text(card)).not.toContain("too old");
  });

  it("shows no figures of a time in which no slot was settled", async () => {
    const none = { bought_kwh: 0, sold_kwh: 0, saving: null, provisional: 0, final: 0 };
    const card = await show({ ...MESSAGE, spans: { month: { ...none, void: 2 } } });
    expect(text(card)).toContain("No slot has been settled yet. 2 are void");
    expect(card.shadowRoot?.querySelector("dl.figures")).toBeNull();
  });

  it("never takes what is unknown for nothing", async () => {
    const card = await show({
      ...MESSAGE,
      binding: false,
      online: null,
      slot: null,
      outlook: { ...OUTLOOK, stale: true },
      prices: { community: 0.15, fee: null, import: null, export: null },
      spans: { month: MESSAGE.spans.day! },
    });
    const shown = text(card);
    expect(shown).toContain("12 members");
    expect(shown).toContain("too old to plan with");
    expect(shown).toContain("Only a calculation");
    expect(shown).not.toContain("€0.00");
    expect([...card.shadowRoot!.querySelectorAll(".prices dd")].map((each) => each.textContent)).toEqual(
      ["–", "–", "€0.150/kWh", "–"],
    );
  });

  it("says where nothing is told, and shows another span", async () => {
    const card = await show({
      ...MESSAGE,
      connection: "unavailable",
      outlook: null,
      prices: { community: null, fee: null, import: null, export: null },
    });
    expect(text(card)).toContain("MQTT is missing");
    expect(text(card)).toContain("Nothing is told of the hours to come.");
    expect(text(card)).not.toContain("Your tariff");
    const select = card.shadowRoot!.querySelector("select")!;
    select.value = "total";
    select.dispatchEvent(new Event("change"));
    await card.updateComplete;
    expect(text(card)).toContain("Nothing was shared yet.");
  });

  it("invites who belongs to no community, and reports other errors as such", async () => {
    connection.refuse = { code: "not_found", message: "none" };
    let card = await show(null);
    expect(text(card)).toContain("No community yet");
    expect(card.shadowRoot?.querySelector("a")?.getAttribute("href")).toContain("domain=shems");
    connection.refuse = { code: "unauthorized", message: "no" };
    card = await show(null);
    expect(text(card)).toContain("No permission");
  });

  it("says when the connection to Home Assistant is lost", async () => {
    const card = await show(MESSAGE);
    connection.drop();
    await card.updateComplete;
    expect(text(card)).not.toContain("Connected");
    expect(text(card)).toContain("No connection");
  });
});

describe("communities among homes", () => {
  const hass = () =>
    withDevices(fakeHass(), [
      { id: "Home", has: ["sensor.plan_status", "switch.optimiser"] },
      {
        id: "Sun street",
        entry: "c1",
        has: ["sensor.community_price", "sensor.community_rejected?"],
      },
    ]);

  it("is no home, but has a page of its own", async () => {
    const { views } = await ShemsDashboardStrategy.generate({}, hass());
    const view = views.find((each) => each.path === "community-1");
    expect(views[0]?.path).toBe("now");
    expect(view?.title).toBe("Community");
    const cards = view?.sections.flatMap((section) => section.cards) ?? [];
    expect(cards[0]).toMatchObject({ type: "custom:shems-community-card", entry_id: "c1" });
    expect(cards.map((card) => card.entity)).toContain("sensor.sun_street_community_price");
  });

  it("is all there is for an organiser without a home", async () => {
    const only = withDevices(fakeHass(), [
      { id: "Sun street", entry: "c1", has: ["sensor.community_price"] },
      { id: "Hill street", entry: "c2", has: ["sensor.community_price"] },
    ]);
    const { views } = await ShemsDashboardStrategy.generate({}, only);
    expect(views.map((each) => each.title)).toEqual(["Hill street", "Sun street"]);
  });
});
