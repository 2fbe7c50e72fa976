/** The card that draws what flows now between grid, sun, batteries, devices and the home. */

import { mdiHomeLightningBolt, mdiSolarPowerVariant, mdiTransmissionTower } from "@mdi/js";
import { type SVGTemplateResult, type TemplateResult, html, nothing, svg } from "lit";
import { repeat } from "lit/directives/repeat.js";

import { palette } from "../card/palette";
import { cardStyle } from "../card/style";
import type { Format } from "../format";
import { kindIcon } from "../kinds";
import { LiveCard } from "../live-card";
import { type Drawing, type Node, WIDTH, layOut, paceOf } from "./drawing";
import { flowStyle } from "./flow-style";
import type { LiveMessage } from "./payload";

const RADIUS = 26;
const HOME_RADIUS = 32;
const GLYPH = 24;
/** The width of a letter beneath a node. */
const LETTER = 5.6;

const ICONS: Partial<Record<Node["kind"], string>> = {
  solar: mdiSolarPowerVariant,
  grid: mdiTransmissionTower,
};

/** Break a name into two lines that fit into a width; what is still too long is cut. */
const lines = (name: string, room: number): string[] => {
  const letters = Math.floor(room / LETTER);
  const cut = (text: string): string =>
    text.length > letters ? `${text.slice(0, letters - 1).trimEnd()}…` : text;
  if (name.length <= letters) return [name];
  const space = name.lastIndexOf(" ", letters);
  return space < 1 ? [cut(name)] : [name.slice(0, space), cut(name.slice(space + 1))];
};

/** Draw an arc from the top by a share of the circle. */
const arc = (x: number, y: number, share: number): string => {
  const angle = 2 * Math.PI * Math.min(0.9999, Math.max(0, share));
  const to = [x + RADIUS * Math.sin(angle), y - RADIUS * Math.cos(angle)];
  return `M${x} ${y - RADIUS}A${RADIUS} ${RADIUS} 0 ${angle > Math.PI ? 1 : 0} 1 ${to.join(" ")}`;
};

export class ShemsFlowCard extends LiveCard<LiveMessage> {
  static override styles = [palette, cardStyle, flowStyle];

  constructor() {
    super("shems/live/subscribe", { shared: true });
  }

  protected currency(): string {
    return this.feed.message?.currency ?? "";
  }

  protected override content(message: LiveMessage, format: Format): TemplateResult {
    const { config, localize } = this;
    const drawing = this.turned(layOut(message));
    const { home, nodes, height } = drawing;
    return html`
      <header>
        <h2>${config?.title || localize("section.now")}</h2>
      </header>
      <svg
        class="flow"
        viewBox="0 0 ${WIDTH} ${height}"
        role="img"
        aria-label=${this.spoken(message, format)}
      >
        ${repeat(
          nodes,
          (node) => `line ${node.id}`,
          (node) => this.line(node, drawing),
        )}
        ${repeat(
          nodes,
          (node) => node.id,
          (node) => this.node(node, message, format),
        )}
        <g class="home">
          <circle class="disc" cx=${home.x} cy=${home.y} r=${HOME_RADIUS}></circle>
          ${this.glyph(mdiHomeLightningBolt, home.x, home.y - 8)}
          <text class="value" x=${home.x} y=${home.y + 18}>
            ${message.load_kw === null ? "–" : format.power(message.load_kw)}
          </text>
        </g>
      </svg>
    `;
  }

  /** Begin from the right where the language does. */
  private turned(drawing: Drawing): Drawing {
    if (getComputedStyle(this).direction !== "rtl") return drawing;
    return { ...drawing, nodes: drawing.nodes.map((node) => ({ ...node, x: WIDTH - node.x })) };
  }

  private classes({ kind, kw }: Node): string {
    const pace = paceOf(kw);
    return `${kind} ${pace === 0 ? "still" : `pace-${pace}`} ${(kw ?? 0) < 0 ? "away" : ""}`;
  }

  private line(node: Node, { home }: Drawing): SVGTemplateResult {
    const bend = (node.y + home.y) / 2;
    const level = Math.abs(node.y - home.y) < 1;
    const path = level
      ? `M${node.x} ${node.y}H${home.x}`
      : node.kind === "battery"
        ? `M${node.x} ${node.y}C${(node.x + home.x) / 2} ${node.y} ${(node.x + home.x) / 2} ${home.y} ${home.x} ${home.y}`
        : `M${node.x} ${node.y}C${node.x} ${bend} ${home.x} ${bend} ${home.x} ${home.y}`;
    const away = (node.kw ?? 0) < 0;
    const middle = { x: (node.x + home.x) / 2, y: (node.y + home.y) / 2 };
    const angle = (Math.atan2(home.y - node.y, home.x - node.x) * 180) / Math.PI;
    // The thread of what stands still would only be in the way.
    if (paceOf(node.kw) === 0 && node.kind === "device") return svg``;
    return svg`<g class=${this.classes(node)}>
      <path class="track" d=${path}></path>
      ${
        paceOf(node.kw) > 0
          ? svg`<path class="dots" d=${path}></path>
              <path class="arrow" d="M-6 -6L6 0L-6 6Z"
                transform="translate(${middle.x} ${middle.y}) rotate(${away ? angle + 180 : angle})"></path>`
          : nothing
      }
    </g>`;
  }

  private glyph(path: string, x: number, y: number): SVGTemplateResult {
    const scale = GLYPH / 24;
    return svg`<path class="glyph" d=${path}
      transform="translate(${x - GLYPH / 2} ${y - GLYPH / 2}) scale(${scale})"></path>`;
  }

  private node(node: Node, message: LiveMessage, format: Format): SVGTemplateResult {
    const { x, y, kw, kind, device, room } = node;
    const level = device?.level ?? null;
    const price = (kw ?? 0) < 0 ? message.export_price : message.import_price;
    const below: string | string[] =
      kind === "grid"
        ? price === null
          ? this.localize("flow.grid")
          : format.price(price)
        : device
          ? lines(device.name, room)
          : this.localize("series.solar");
    // Beneath the sun its own light would fall on the words.
    const [aside, top] = kind === "solar" ? [RADIUS + 8, y - 2] : [0, y + RADIUS + 15];
    return svg`<g class=${this.classes(node)}>
      <circle class="disc" cx=${x} cy=${y} r=${RADIUS}></circle>
      ${level === null ? nothing : svg`<path class="level" d=${arc(x, y, level)}></path>`}
      ${this.glyph(ICONS[kind] ?? kindIcon(device?.kind ?? ""), x, y - (level === null ? 0 : 6))}
      ${level === null ? nothing : svg`<text class="small" x=${x} y=${y + 18}>${format.percent(level)}</text>`}
      <text class="value" x=${x + aside} y=${top}>
        ${kw === null ? "–" : format.power(Math.abs(kw))}
      </text>
      ${[below].flat().map(
        (line, index) => svg`<text class="small" x=${x + aside} y=${top + 14 + index * 12}>
          ${line}${device ? svg`<title>${device.name}</title>` : nothing}
        </text>`,
      )}
    </g>`;
  }

  /** Say what the drawing shows. */
  private spoken(message: LiveMessage, format: Format): string {
    const { localize } = this;
    const { grid_kw: grid, solar_kw: solar, load_kw: load } = message;
    const said: string[] = [];
    const say = (key: string, kw: number, name = ""): void => {
      said.push(localize(key, { power: format.power(Math.abs(kw)), name }));
    };
    if (load !== null) say("flow.home", load);
    if (grid !== null) say(grid < 0 ? "flow.selling" : "flow.buying", grid);
    if (message.has_solar && solar !== null) say("flow.solar", solar);
    for (const { name, kind, power_kw: power, level } of message.devices) {
      if (power === null || (kind !== "battery" && paceOf(power) === 0)) continue;
      say(power < 0 ? "flow.giving" : "flow.taking", power, name);
      if (level !== null) said.push(format.percent(level));
    }
    return said.join(", ");
  }
}
