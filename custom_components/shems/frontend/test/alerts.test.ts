import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { ShemsAlertsCard } from "../src/alerts/alerts-card";
import type { AlertMessage, AlertsMessage } from "../src/alerts/payload";
import { FakeConnection, fakeHass } from "./home";

await import("./cards");

const FUSE: AlertMessage = {
  alert: "fuse",
  code: "fuse",
  title: "Fuse near its limit",
  message: "The connection carries 97 %.",
  raised: "2026-06-10T10:00:00+00:00",
  acknowledged: false,
  muted: false,
};
const OVEN: AlertMessage = { ...FUSE, alert: "left_on:oven", code: "left_on", title: "Left on" };

describe("alerts card", () => {
  let connection: FakeConnection;
  let called: Record<string, unknown>[];

  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime("2026-06-10T11:00:00+00:00");
    connection = new FakeConnection();
    called = [];
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  const settle = async (card: ShemsAlertsCard): Promise<void> => {
    await vi.advanceTimersByTimeAsync(0);
    await card.updateComplete;
  };

  const show = async (
    alerts: AlertMessage[],
    may_acknowledge = true,
    refuse?: unknown,
  ): Promise<ShemsAlertsCard> => {
    const card = document.createElement("shems-alerts-card") as ShemsAlertsCard;
    card.setConfig({ type: "custom:shems-alerts-card", entry_id: "abc" });
    card.hass = {
      ...fakeHass("en", connection),
      callWS: async <T>(sent: Record<string, unknown>): Promise<T> => {
        called.push(sent);
        if (refuse) throw refuse;
        return {} as T;
      },
    };
    document.body.append(card);
    await settle(card);
    const message: AlertsMessage = { entry_id: "abc", may_acknowledge, alerts };
    connection.send(message);
    await settle(card);
    return card;
  };

  const buttons = (card: ShemsAlertsCard): HTMLButtonElement[] => [
    ...card.shadowRoot!.querySelectorAll("button"),
  ];
  const text = (card: ShemsAlertsCard): string =>
    (card.shadowRoot!.querySelector("ha-card")?.textContent ?? "").replace(/\s+/g, " ").trim();

  it("says that there is nothing to tell", async () => {
    const card = await show([]);
    expect(connection.asked).toEqual([{ type: "shems/alerts/subscribe", entry_id: "abc" }]);
    expect(text(card)).toBe("Alerts Nothing to tell.");
  });

  it("acknowledges one, or all", async () => {
    const card = await show([FUSE, OVEN]);
    const [all, first] = buttons(card);
    expect(text(card)).toContain("The connection carries 97 %. Since 12:00.");
    first!.click();
    all!.click();
    await settle(card);
    const service = { type: "call_service", domain: "shems", service: "acknowledge_alert" };
    expect(called).toEqual([
      { ...service, service_data: { config_entry_id: "abc", alert: ["fuse"] } },
      { ...service, service_data: { config_entry_id: "abc" } },
    ]);
  });

  it("offers nothing for what was seen, nor to who may not", async () => {
    const seen = await show([{ ...FUSE, acknowledged: true, muted: true }]);
    expect(buttons(seen)).toEqual([]);
    expect(text(seen)).toContain("Acknowledged. Told to nobody");
    expect(buttons(await show([OVEN], false))).toEqual([]);
  });

  it("says why an acknowledgement was refused", async () => {
    const card = await show([FUSE], true, { message: "There is no alert fuse." });
    buttons(card)[0]!.click();
    await settle(card);
    expect(text(card)).toContain("There is no alert fuse.");
  });
});
