import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Saved, SavingsMessage } from "../src/savings/payload";
import type { ShemsSavingsCard } from "../src/savings/savings-card";
import { FakeConnection, fakeHass } from "./home";

await import("./cards");

const MONTH: Saved = {
  saving: 12.5,
  cost: 30,
  without: 42.5,
  no_battery: 60,
  hours: 240,
  left_out_hours: 3,
  left_out_cost: 1.4,
  by_device: { car: 8, gone: 4.5, plug: 0.001 },
  by_cause: { shifting: 10, self_use: 2.5, export: 0, peak: 0 },
  missed: 1.25,
  foreseen_hours: 230,
};

describe("savings card", () => {
  let connection: FakeConnection;

  beforeEach(() => {
    vi.useFakeTimers();
    connection = new FakeConnection();
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  const show = async (spans: SavingsMessage["spans"]): Promise<ShemsSavingsCard> => {
    const card = document.createElement("shems-savings-card") as ShemsSavingsCard;
    card.setConfig({ type: "custom:shems-savings-card", entry_id: "abc" });
    card.hass = fakeHass("en", connection);
    document.body.append(card);
    await vi.advanceTimersByTimeAsync(0);
    connection.send({ entry_id: "abc", currency: "EUR", names: { car: "Car" }, spans });
    await vi.advanceTimersByTimeAsync(0);
    await card.updateComplete;
    return card;
  };
  const text = (card: ShemsSavingsCard): string =>
    (card.shadowRoot?.textContent ?? "").replace(/\s+/g, " ");

  it("tells what was saved, by device and by cause, and beside what", async () => {
    const card = await show({ month: MONTH });
    const shown = text(card);
    for (const each of ["12.50", "Car", "The home as a whole", "Bought when it costs less"])
      expect(shown).toContain(each);
    expect(shown).toContain("3 h, which cost €1.40, are not in these figures");
    expect(shown).not.toContain("Sold when it brings more");
    expect(shown).not.toContain("Lower peaks");
    expect(shown).toContain("1.25 more would have been possible in 10 days");
  });

  it("compares nothing where no hour could be compared", async () => {
    const card = await show({ month: { ...MONTH, saving: 0, hours: 465, left_out_hours: 465 } });
    expect(text(card)).toContain("Nothing could be compared yet. Compared with");
    expect(text(card)).toContain("465 h, which cost €1.40,");
    expect(text(card)).not.toContain("Without SHEMS");
  });

  it("shows another span, and says where nothing was measured", async () => {
    const card = await show({ month: { ...MONTH, left_out_hours: 0, foreseen_hours: 0 } });
    expect(text(card)).not.toContain("not in these figures");
    expect(text(card)).not.toContain("foresight");
    const select = card.shadowRoot!.querySelector("select")!;
    select.value = "total";
    select.dispatchEvent(new Event("change"));
    await card.updateComplete;
    expect(text(card)).toContain("Nothing was measured yet.");
  });
});
