import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { ConfigEntry } from "../src/strategy/entries";
import { ShemsStartingCard } from "../src/strategy/starting-card";
import { FakeConnection, fakeHass } from "./home";

customElements.define("shems-starting-card", ShemsStartingCard);

const ENTRY: ConfigEntry = {
  entry_id: "one",
  domain: "shems",
  title: "Cabin",
  state: "setup_in_progress",
  reason: null,
  disabled_by: null,
};

describe("starting card", () => {
  let connection: FakeConnection;

  beforeEach(() => {
    vi.useFakeTimers();
    connection = new FakeConnection();
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  const show = async (config: object = {}): Promise<ShemsStartingCard> => {
    const card = document.createElement("shems-starting-card") as ShemsStartingCard;
    card.setConfig({ type: "custom:shems-starting-card", ...config });
    card.hass = {
      ...fakeHass("en", connection),
      localize: (key, args) =>
        key === "component.shems.exceptions.no_broker.message" ? `${args?.host} is silent.` : "",
    };
    document.body.append(card);
    await vi.advanceTimersByTimeAsync(0);
    return card;
  };
  const tell = async (type: string | null, ...entries: ConfigEntry[]): Promise<void> => {
    connection.send(entries.map((entry) => ({ type, entry })));
    await vi.advanceTimersByTimeAsync(0);
  };
  const text = (card: ShemsStartingCard): string =>
    (card.shadowRoot?.textContent ?? "").replace(/\s+/g, " ").trim();

  it("follows how setting up goes, and says why it is tried again", async () => {
    const card = await show();
    await tell(null, ENTRY, { ...ENTRY, entry_id: "sun", domain: "sun", title: "Sun" });
    expect(text(card)).toBe(
      "SHEMS is starting Cabin is being set up. This page turns into its dashboard by itself.",
    );
    await tell("updated", { ...ENTRY, state: "setup_retry", reason: "no meter yet" });
    expect(text(card)).toContain("cannot be set up yet: no meter yet. Home Assistant tries again");
    expect(card.shadowRoot?.querySelector("a")?.getAttribute("href")).toContain("shems");
    await tell("updated", {
      ...ENTRY,
      state: "setup_retry",
      reason: "untranslated",
      error_reason_translation_domain: "shems",
      error_reason_translation_key: "no_broker",
      error_reason_translation_placeholders: { host: "mosquitto" },
    });
    expect(text(card)).toContain("yet: mosquitto is silent. Home Assistant");
    await tell("updated", { ...ENTRY, state: "setup_error" });
    expect(text(card)).toMatch(/^Cabin could not be set up: the log tells why\./);
  });

  it("asks for the page that is due once nothing is left to wait for", async () => {
    const card = await show({ entry_id: "one" });
    const asked = vi.fn();
    document.body.addEventListener("config-refresh", asked);
    await tell(null, ENTRY, { ...ENTRY, entry_id: "two", title: "Other" });
    expect(text(card)).not.toContain("Other");
    expect(asked).not.toHaveBeenCalled();
    await tell("removed", ENTRY);
    expect(asked).toHaveBeenCalledOnce();
    card.remove();
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.released).toBe(1);
  });
});
