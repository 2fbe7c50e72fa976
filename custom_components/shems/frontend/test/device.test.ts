import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { HomeAssistant } from "../src/ha";
import type { ShemsDeviceCard } from "../src/live/device-card";
import type { ShemsDevice } from "../src/live/device-element";
import type { LiveDevice } from "../src/live/payload";
import { FakeConnection, fakeHass, withDevices } from "./home";
import { heatPump, liveDevice, liveSample } from "./live";

await import("./cards");

type Call = [domain: string, service: string, data: Record<string, unknown>];

describe("device card", () => {
  let connection: FakeConnection;
  let calls: Call[];
  let refuse: Error | null;

  beforeEach(() => {
    vi.useFakeTimers();
    connection = new FakeConnection();
    calls = [];
    refuse = null;
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.useRealTimers();
  });

  const hass = (): HomeAssistant => {
    const made = withDevices(fakeHass("en", connection), [
      {
        id: "Battery",
        identifiers: [["shems", "entry-1_battery"]],
        has: ["select.mode", "switch.allow_control"],
      },
      { id: "Pump", identifiers: [["shems", "entry-1_pump"]], has: ["select.mode"] },
    ]);
    made.callService = async (domain, service, data = {}) => {
      calls.push([domain, service, data]);
      if (refuse) throw refuse;
    };
    return made;
  };

  const send = async (card: ShemsDeviceCard, devices: LiveDevice[]): Promise<void> => {
    connection.send(liveSample({ devices }));
    await vi.advanceTimersByTimeAsync(0);
    await card.updateComplete;
  };

  const open = async (devices: LiveDevice[], config: object = {}): Promise<ShemsDeviceCard> => {
    const card = document.createElement("shems-device-card") as ShemsDeviceCard;
    card.setConfig({ type: "custom:shems-device-card", ...config });
    card.hass = hass();
    document.body.append(card);
    await vi.advanceTimersByTimeAsync(0);
    await send(card, devices);
    return card;
  };

  const element = (card: ShemsDeviceCard): ShadowRoot =>
    card.shadowRoot!.querySelector<ShemsDevice>("shems-device")!.shadowRoot!;
  const mode = (card: ShemsDeviceCard, name: string): HTMLButtonElement =>
    element(card).querySelector<HTMLButtonElement>(`[data-mode=${name}]`)!;
  const pressed = (card: ShemsDeviceCard): string[] =>
    [...element(card).querySelectorAll<HTMLElement>('[aria-checked="true"]')].map(
      (each) => each.dataset.mode!,
    );
  const press = async (button: HTMLElement): Promise<void> => {
    button.click();
    await vi.advanceTimersByTimeAsync(0);
  };
  const button = (card: ShemsDeviceCard, text: string): HTMLButtonElement =>
    [...element(card).querySelectorAll("button")].find((each) =>
      each.textContent.includes(text),
    )!;

  it("says what a device does, how much and why", async () => {
    const card = await open([liveDevice()]);
    const text = element(card).textContent.replace(/\s+/g, " ");
    for (const part of ["House battery", "Store solar surplus", "500 W", "61 %", "full"])
      expect(text).toContain(part);
  });

  it("shows all devices, or the one it is for", async () => {
    const shown = (card: ShemsDeviceCard) => card.shadowRoot!.querySelectorAll("shems-device");
    expect(shown(await open([liveDevice(), heatPump()]))).toHaveLength(2);
    const card = await open([liveDevice(), heatPump()], { device: "Pump" });
    expect(shown(card)).toHaveLength(1);
    expect(element(card).textContent).toContain("Heat pump");
    const gone = await open([liveDevice()], { device: "Pump" });
    expect(gone.shadowRoot!.textContent).toContain("not there any more");
  });

  it("shows a mode as chosen at once, and until the home says so", async () => {
    const card = await open([liveDevice()]);
    await press(mode(card, "hold"));
    expect(calls).toEqual([
      ["select", "select_option", { entity_id: "select.battery_mode", option: "hold" }],
    ]);
    expect(pressed(card)).toEqual(["hold"]);
    await send(card, [liveDevice({ power_kw: 0 })]);
    expect(pressed(card)).toEqual(["hold"]);
    await send(card, [liveDevice({ mode: "hold" })]);
    await send(card, [liveDevice({ mode: "paused" })]);
    expect(pressed(card)).toEqual(["paused"]);
  });

  it("takes it back where it is refused, and says why", async () => {
    const card = await open([liveDevice()]);
    refuse = new Error("Not now");
    await press(mode(card, "hold"));
    expect(pressed(card)).toEqual(["auto"]);
    expect(element(card).querySelector('[role="alert"]')!.textContent).toContain("Not now");
  });

  it.each([
    ["before it is sent", 3],
    ["while it waits", { type: "result", success: false, error: { code: 3, message: "Lost" } }],
  ])("says in words that there is no connection %s", async (_, reason) => {
    const card = await open([liveDevice()]);
    refuse = reason as unknown as Error;
    await press(mode(card, "hold"));
    const said = element(card).querySelector('[role="alert"]')!.textContent;
    expect(said).toContain("That did not work: No connection");
  });

  it("takes the keyboard to a question, and back with Escape", async () => {
    const card = await open([liveDevice()]);
    await press(mode(card, "charge"));
    expect(element(card).activeElement).toBe(button(card, "Leave it"));
    const key = new KeyboardEvent("keydown", { key: "Escape", bubbles: true });
    button(card, "Leave it").dispatchEvent(key);
    await vi.advanceTimersByTimeAsync(0);
    expect(calls).toEqual([]);
    expect(element(card).activeElement).toBe(mode(card, "auto"));
  });

  it("believes the home again where it never says so", async () => {
    const card = await open([liveDevice()]);
    await press(mode(card, "hold"));
    await vi.advanceTimersByTimeAsync(16_000);
    expect(pressed(card)).toEqual(["auto"]);
  });

  it("asks before what costs money, and does nothing where it is left", async () => {
    const card = await open([liveDevice()]);
    await press(mode(card, "charge"));
    expect(calls).toEqual([]);
    expect(element(card).querySelector('[role="alertdialog"]')!.textContent).toContain("€0.264/kWh");
    await press(button(card, "Leave it"));
    expect(pressed(card)).toEqual(["auto"]);
    await press(mode(card, "charge"));
    await press(button(card, "Do it"));
    expect(calls).toEqual([
      ["select", "select_option", { entity_id: "select.battery_mode", option: "charge" }],
    ]);
  });

  it("asks before what costs comfort", async () => {
    const card = await open([heatPump()]);
    await press(mode(card, "off"));
    expect(calls).toEqual([]);
    expect(element(card).querySelector('[role="alertdialog"]')!.textContent).toContain("without");
  });

  it("overrides for some hours only, and gives back to the plan", async () => {
    const card = await open([liveDevice()]);
    const select = element(card).querySelector("select")!;
    select.value = "3";
    select.dispatchEvent(new Event("change"));
    await press(mode(card, "hold"));
    expect(calls).toEqual([
      ["shems", "override", { device_id: "Battery", mode: "hold", duration: { hours: 3 } }],
    ]);
    const until = liveSample().now + 3 * 3600;
    const override = { cause: "action", since: liveSample().now, until };
    await send(card, [liveDevice({ mode: "hold", override })]);
    expect(element(card).textContent).toContain("You decide until 15:05");
    await press(button(card, "Follow the plan"));
    expect(calls[1]).toEqual([
      "select",
      "select_option",
      { entity_id: "select.battery_mode", option: "auto" },
    ]);
    expect(pressed(card)).toEqual(["auto"]);
  });

  it("lets SHEMS drive a device with one press", async () => {
    const card = await open([liveDevice({ armed: false })]);
    expect(element(card).querySelector("select")).toBeNull();
    await press(button(card, "Allow control"));
    expect(calls).toEqual([["switch", "turn_on", { entity_id: "switch.battery_allow_control" }]]);
    expect(element(card).querySelector("select")).not.toBeNull();
  });

  it("lets a user who may only look press nothing", async () => {
    const card = await open([liveDevice({ device_id: null })]);
    for (const each of element(card).querySelectorAll<HTMLButtonElement>("button, select"))
      expect(each.disabled).toBe(true);
    expect(element(card).textContent).toContain("may look at this");
  });

  it("has nothing to press where SHEMS cannot drive a device", async () => {
    const card = await open([liveDevice({ mode: null, modes: [], doing: null })]);
    expect(element(card).querySelector("button")).toBeNull();
    expect(element(card).textContent).toContain("Only measured");
  });

  it("leads along the modes with the arrow keys", async () => {
    const card = await open([liveDevice()]);
    mode(card, "auto").focus();
    const key = new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true });
    mode(card, "auto").dispatchEvent(key);
    expect(element(card).activeElement).toBe(mode(card, "paused"));
  });
});
