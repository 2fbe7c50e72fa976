/** The card that shows what electricity costs in the coming hours, as a ring or as bars. */

import { type SVGTemplateResult, type TemplateResult, css, html, nothing, svg } from "lit";

import { palette } from "../card/palette";
import { renderError, renderSkeleton } from "../card/parts";
import { cardStyle } from "../card/style";
import { PlanFeed } from "../feed";
import type { Format } from "../format";
import type { HomeAssistant } from "../ha";
import { HomeCard, type HomeCardConfig } from "../home-card";
import { localizer } from "../localize";
import type { PlanMessage } from "../payload";
import { stepIndex } from "../timeline";
import { type PriceHour, priceHours } from "./hours";

const SIZE = 240;
const INNER = 58;
const LEAST = 8;
const MOST = 50;
const GAP = 0.012;
const BARS = { width: 480, height: 110, axis: 16, hours: 36 };
const CLOCK = [0, 6, 12, 18];
const CHEAP = 1 / 3;
const DEAR = 2 / 3;

const SHAPES = ["ring", "bars"] as const;

interface PricesCardConfig extends HomeCardConfig {
  shape?: (typeof SHAPES)[number];
}

const style = css`
  svg.prices {
    display: block;
    width: 100%;
    height: auto;
    margin: 0 auto;
    direction: ltr;
  }
  svg.ring {
    max-width: 300px;
  }
  .hour {
    fill: var(--color);
  }
  .hour.guessed {
    fill-opacity: 0.45;
  }
  .hour.current {
    stroke: var(--primary-text-color);
    stroke-width: 2;
  }
  .cheap {
    --color: var(--success-color, #43a047);
  }
  .middling {
    --color: var(--warning-color, #ffa600);
  }
  .dear {
    --color: var(--error-color, #db4437);
  }
  text {
    text-anchor: middle;
    font-size: 11px;
    fill: var(--secondary-text-color);
  }
  text.now {
    font-size: 26px;
    fill: var(--primary-text-color);
    font-variant-numeric: tabular-nums;
  }
  .zero {
    stroke: var(--shems-zero-line);
  }
  .told {
    display: grid;
    gap: 4px;
    margin: 0;
    font-size: 14px;
    line-height: 20px;
    text-align: center;
  }
  .quiet {
    margin: 0;
    font-size: 12px;
    text-align: center;
    color: var(--secondary-text-color);
  }
`;

const level = ({ rank }: PriceHour): string =>
  rank < CHEAP ? "cheap" : rank > DEAR ? "dear" : "middling";

const classes = (hour: PriceHour, now: number): string =>
  `hour ${level(hour)} ${hour.known ? "" : "guessed"} ${hour.start <= now ? "current" : ""}`;

const point = (angle: number, radius: number): string =>
  `${SIZE / 2 + radius * Math.sin(angle)} ${SIZE / 2 - radius * Math.cos(angle)}`;

/** Draw a piece of the ring between two angles, measured from the top. */
const wedge = (from: number, to: number, radius: number): string =>
  `M${point(from, INNER)}L${point(from, radius)}A${radius} ${radius} 0 0 1 ${point(to, radius)}` +
  `L${point(to, INNER)}A${INNER} ${INNER} 0 0 0 ${point(from, INNER)}Z`;

export class ShemsPricesCard extends HomeCard {
  static override styles = [palette, cardStyle, style];

  static override getConfigForm(): Record<string, unknown> {
    const form = super.getConfigForm() as { schema: unknown[] };
    const say = localizer(document.documentElement.lang || "en");
    const options = SHAPES.map((value) => ({ value, label: say(`prices.${value}`) }));
    const shape = { name: "shape", default: "ring", selector: { select: { options } } };
    return { ...form, schema: [...form.schema, shape] };
  }

  private readonly feed = new PlanFeed(this, { shared: true });

  override setConfig(config: PricesCardConfig): void {
    const { shape } = config;
    if (shape !== undefined && !SHAPES.includes(shape))
      throw new Error(`shape must be one of ${SHAPES.join(", ")}`);
    super.setConfig(config);
  }

  protected follow(hass: HomeAssistant, config: HomeCardConfig): void {
    this.feed.follow(hass, config.entry_id || undefined);
  }

  protected currency(): string {
    return this.feed.message?.currency ?? "";
  }

  protected override render(): TemplateResult {
    return this.frame(this.body(), this.feed.offline);
  }

  private body(): TemplateResult {
    const { config, format, localize } = this;
    const { message, error, retry } = this.feed;
    if (!config || !format || (!message && !error)) return renderSkeleton(localize);
    if (!message) return renderError(error!, retry, localize);
    const bars = (config as PricesCardConfig).shape === "bars";
    const hours = priceHours(message, bars ? BARS.hours : 24);
    return html`
      <header><h2>${config.title || localize("prices.title")}</h2></header>
      ${
        hours.length === 0
          ? html`<p class="quiet">${localize("prices.none")}</p>`
          : html`${bars ? this.bars(hours, message.now, format) : this.ring(hours, message, format)}
              ${this.extremes(hours, message.now, format)}`
      }
    `;
  }

  private hint(hour: PriceHour, now: number, format: Format): SVGTemplateResult {
    return svg`<title>${format.dayTime(hour.start, now)} ${format.price(hour.price)}</title>`;
  }

  private label(hours: PriceHour[], now: number, format: Format): string {
    const said = hours.map(
      (hour) => `${format.dayTime(hour.start, now)} ${format.price(hour.price)}`,
    );
    return `${this.localize("prices.title")}: ${said.join(", ")}`;
  }

  private ring(hours: PriceHour[], message: PlanMessage, format: Format): TemplateResult {
    const { now } = message;
    const price = message.import_price[stepIndex(message, now)] ?? null;
    const angleOf = (hour: number): number => (2 * Math.PI * hour) / 24;
    return html`<svg
      class="prices ring"
      viewBox="0 0 ${SIZE} ${SIZE}"
      role="img"
      aria-label=${this.label(hours, now, format)}
    >
      ${hours.map((hour) => {
        const { hour: clock } = format.clock(hour.start);
        const radius = INNER + LEAST + hour.rank * MOST;
        const d = wedge(angleOf(clock) + GAP, angleOf(clock + 1) - GAP, radius);
        return svg`<path class=${classes(hour, now)} d=${d}>${this.hint(hour, now, format)}</path>`;
      })}
      ${CLOCK.map((clock) => {
        const angle = angleOf(clock);
        const radius = INNER - 12;
        return svg`<text
          x=${SIZE / 2 + radius * Math.sin(angle)}
          y=${SIZE / 2 - radius * Math.cos(angle) + 4}>${clock}</text>`;
      })}
      <text class="now" x=${SIZE / 2} y=${SIZE / 2 + 4}>
        ${price === null ? "–" : format.number(price, 3)}
      </text>
      <text x=${SIZE / 2} y=${SIZE / 2 + 22}>${format.currencySymbol}/kWh</text>
    </svg>`;
  }

  private bars(hours: PriceHour[], now: number, format: Format): TemplateResult {
    const { width, height, axis } = BARS;
    const step = width / hours.length;
    const most = Math.max(0, ...hours.map(({ price }) => price));
    const least = Math.min(0, ...hours.map(({ price }) => price));
    const span = most - least || 1;
    const top = (price: number): number => (height * (most - price)) / span;
    return html`<svg
      class="prices"
      viewBox="0 0 ${width} ${height + axis}"
      role="img"
      aria-label=${this.label(hours, now, format)}
    >
      ${hours.map((hour, index) => {
        const [from, to] = [top(Math.max(0, hour.price)), top(Math.min(0, hour.price))];
        return svg`<rect
          class=${classes(hour, now)}
          x=${index * step + 1}
          y=${from}
          width=${Math.max(1, step - 2)}
          height=${Math.max(1, to - from)}>${this.hint(hour, now, format)}</rect>`;
      })}
      <line class="zero" x1="0" x2=${width} y1=${top(0)} y2=${top(0)}></line>
      ${hours.map((hour, index) =>
        format.clock(hour.start).hour % 6 === 0
          ? svg`<text x=${(index + 0.5) * step} y=${height + axis - 3}>${format.fullHour(hour.start)}</text>`
          : nothing,
      )}
    </svg>`;
  }

  private extremes(hours: PriceHour[], now: number, format: Format): TemplateResult {
    const { localize } = this;
    const sorted = [...hours].sort((a, b) => a.price - b.price);
    const [cheapest, dearest] = [sorted[0]!, sorted[sorted.length - 1]!];
    const say = (key: string, hour: PriceHour): TemplateResult =>
      html`<div>
        ${localize(key, {
          time: format.dayTime(hour.start, now),
          price: format.price(hour.price),
        })}
      </div>`;
    return html`<div class="told">
        ${say("prices.cheapest", cheapest)} ${say("prices.dearest", dearest)}
      </div>
      ${hours.some(({ known }) => !known) ? html`<p class="quiet">${localize("prices.expected")}</p>` : nothing}`;
  }
}
