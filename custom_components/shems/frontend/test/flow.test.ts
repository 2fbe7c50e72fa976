import { afterEach, describe, expect, it, vi } from "vitest";

import { layOut, paceOf } from "../src/live/drawing";
import type { LiveMessage } from "../src/live/payload";
import { FakeConnection, fakeHass } from "./home";
import { heatPump, liveDevice, liveSample } from "./live";
import type { ShemsFlowCard } from "../src/live/flow-card";

await import("./cards");

const open = async (message: LiveMessage, connection = new FakeConnection()) => {
  const card = document.createElement("shems-flow-card") as ShemsFlowCard;
  card.setConfig({ type: "custom:shems-flow-card" });
  card.hass = fakeHass("en", connection);
  document.body.append(card);
  await card.updateComplete;
  await Promise.resolve();
  connection.send(message);
  await card.updateComplete;
  return { card, connection, svg: card.shadowRoot!.querySelector("svg.flow")! };
};

const said = (svg: Element): string => svg.getAttribute("aria-label")!;

describe("layout of the flows", () => {
  it("leaves out what the home lacks", () => {
    const kinds = (change: Partial<LiveMessage>) =>
      layOut(liveSample(change)).nodes.map(({ kind }) => kind);
    expect(kinds({})).toEqual(["grid", "solar", "battery", "device"]);
    expect(kinds({ has_solar: false, devices: [] })).toEqual(["grid"]);
    // A device that nobody measures has nothing to show.
    expect(kinds({ devices: [heatPump({ power_kw: null })] })).toEqual(["grid", "solar"]);
  });

  it("counts towards the home what a battery or a car gives", () => {
    const { nodes } = layOut(liveSample({ devices: [liveDevice({ power_kw: -2 })] }));
    expect(nodes.find(({ kind }) => kind === "battery")!.kw).toBe(2);
  });

  it("keeps all nodes apart and inside, with up to ten devices and three batteries", () => {
    const devices = [
      ...[1, 2, 3].map((n) => liveDevice({ id: `b${n}` })),
      ...Array.from({ length: 12 }, (_, n) => heatPump({ id: `d${n}`, power_kw: 1 })),
    ];
    const { nodes, home, height } = layOut(liveSample({ devices }));
    expect(nodes).toHaveLength(15);
    const places = [home, ...nodes];
    places.forEach((a, i) => {
      expect(a.x).toBeGreaterThanOrEqual(48);
      expect(a.x).toBeLessThanOrEqual(352);
      expect(a.y + 40).toBeLessThan(height);
      for (const b of places.slice(i + 1))
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(58);
    });
  });

  it("moves faster the more flows, and not at all for nothing or the unknown", () => {
    expect([null, 0, 0.005, 0.1, -0.6, 3, 11].map(paceOf)).toEqual([0, 0, 0, 1, 2, 3, 4]);
  });
});

describe("flow card", () => {
  afterEach(() => document.body.replaceChildren());

  it("says in words what the drawing shows", async () => {
    const { svg } = await open(liveSample());
    expect(said(svg)).toBe(
      "The home uses 1.50 kW, 1.20 kW is bought, The sun gives 800 W, " +
        "House battery takes 500 W, 61 %",
    );
  });

  it("says that it sells, and that a battery gives", async () => {
    const devices = [liveDevice({ power_kw: -2, level: null })];
    const { svg } = await open(liveSample({ grid_kw: -1, has_solar: false, devices }));
    expect(said(svg)).toBe("The home uses 1.50 kW, 1.00 kW is sold, House battery gives 2.00 kW");
  });

  it("shows a dash for what is unknown, never zero", async () => {
    const { svg } = await open(liveSample({ grid_kw: null, load_kw: null, devices: [] }));
    expect(said(svg)).toBe("The sun gives 800 W");
    const values = [...svg.querySelectorAll("text.value")].map((each) => each.textContent.trim());
    expect(values).toEqual(["–", "800 W", "–"]);
  });

  it("lets energy run towards the home or away from it", async () => {
    const { svg } = await open(liveSample({ grid_kw: -1 }));
    expect(svg.querySelector("g.grid.away .dots")).not.toBeNull();
    expect(svg.querySelector("g.solar:not(.away) .dots")).not.toBeNull();
    expect(svg.querySelector("g.device .dots")).toBeNull();
  });

  it("keeps what is drawn from one second to the next", async () => {
    const { card, connection, svg } = await open(liveSample());
    const nodes = [...svg.querySelectorAll("*")];
    for (let second = 1; second <= 20; second += 1) {
      connection.send(liveSample({ now: liveSample().now + second, grid_kw: 1.2 + second / 100 }));
      await card.updateComplete;
    }
    expect(svg.isConnected).toBe(true);
    expect([...svg.querySelectorAll("*")]).toEqual(nodes);
    expect(said(svg)).toContain("1.40 kW is bought");
  });

  it("shares one subscription with other cards of the page, and gives it back with the last", async () => {
    const connection = new FakeConnection();
    const first = await open(liveSample(), connection);
    const second = await open(liveSample({ grid_kw: 2 }), connection);
    expect(connection.asked).toHaveLength(1);
    expect(said(second.svg)).toContain("2.00 kW is bought");
    first.card.remove();
    await Promise.resolve();
    expect(connection.released).toBe(0);
    second.card.remove();
    await new Promise((done) => setTimeout(done));
    expect(connection.released).toBe(1);
  });

  it("asks anew for a home that was unloaded, and says so until it is back", async () => {
    vi.useFakeTimers();
    try {
      const connection = new FakeConnection();
      const first = await open(liveSample(), connection);
      await open(liveSample(), connection);
      connection.send({ ended: true });
      await first.card.updateComplete;
      expect(first.card.shadowRoot!.textContent).toContain("No connection");
      expect(said(first.svg)).toContain("1.20 kW is bought");
      connection.refuse = { code: "not_found", message: "It does not run" };
      await vi.advanceTimersByTimeAsync(1000);
      expect(connection.asked).toHaveLength(3);
      connection.refuse = null;
      await vi.advanceTimersByTimeAsync(2000);
      expect(connection.asked).toHaveLength(4);
      connection.send(liveSample({ grid_kw: 3 }));
      await first.card.updateComplete;
      expect(first.card.shadowRoot!.textContent).not.toContain("No connection");
      expect(said(first.svg)).toContain("3.00 kW is bought");
    } finally {
      vi.useRealTimers();
    }
  });

  it("says that the connection is lost, and goes on when it is back", async () => {
    const { card, connection } = await open(liveSample());
    connection.drop();
    await card.updateComplete;
    expect(card.shadowRoot!.textContent).toContain("No connection");
    connection.fire("ready");
    await new Promise((done) => setTimeout(done));
    connection.send(liveSample({ grid_kw: 3 }));
    await card.updateComplete;
    expect(card.shadowRoot!.textContent).not.toContain("No connection");
    expect(said(card.shadowRoot!.querySelector("svg")!)).toContain("3.00 kW is bought");
  });
});
