/** The card of a community: what neighbours need and have left, its price, and what I shared. */

import { mdiHomeGroup } from "@mdi/js";
import { type TemplateResult, html, nothing } from "lit";
import { state } from "lit/decorators.js";

import { palette } from "../card/palette";
import { cardStyle } from "../card/style";
import type { FeedError } from "../feed";
import type { Format } from "../format";
import { LiveCard } from "../live-card";
import { svg } from "../modes";
import { whatIfStyle } from "../what-if/style";
import { renderOutlook } from "./outlook";
import { type CommunityMessage, SPANS, type Shared, type SlotState, type Span } from "./payload";
import { communityStyle } from "./style";

const ADD = "/config/integrations/dashboard/add?domain=shems";

const TONES: Record<SlotState, string> = {
  measuring: "calm",
  provisional: "warn",
  final: "good",
  void: "bad",
};

export class ShemsCommunityCard extends LiveCard<CommunityMessage> {
  static override styles = [palette, cardStyle, whatIfStyle, communityStyle];

  @state() private span: Span = "month";

  constructor() {
    super("shems/community/subscribe");
  }

  protected currency(): string {
    return this.feed.message?.currency ?? "";
  }

  /** Belonging to no community is nothing that went wrong. */
  protected override failed(error: FeedError, retry: () => void): TemplateResult {
    const { localize } = this;
    if (error.code !== "not_found") return super.failed(error, retry);
    return html`
      <div class="state" role="status">
        ${svg(mdiHomeGroup)}
        <h3>${localize("community.empty.title")}</h3>
        <p>${localize("community.empty.text")}</p>
        <div class="actions"><a href=${ADD}>${localize("community.empty.add")}</a></div>
      </div>
    `;
  }

  protected content(message: CommunityMessage, format: Format): TemplateResult {
    const { config, localize, feed } = this;
    const connected = message.connection === "connected";
    return html`
      <header>
        <h2>${config?.title || message.name || localize("community.title")}</h2>
        ${
          feed.offline
            ? nothing
            : html`<span class="chip ${connected ? "good" : "bad"}" role="status">
                ${localize(`community.connection.${message.connection}`)}
              </span>`
        }
      </header>
      ${this.status(message, format)} ${this.shared(message, format)}
      ${this.outlook(message, format)} ${this.prices(message, format)}
      <p class="quiet">
        ${localize(message.binding ? "community.honest" : "community.advisory")}
      </p>
    `;
  }

  private status({ slot, online, members }: CommunityMessage, format: Format): TemplateResult {
    const { localize } = this;
    return html`<div class="row">
      ${
        slot
          ? html`<span class="chip ${TONES[slot.state] ?? "calm"}">
              ${localize("community.slot", {
                start: format.time(slot.start),
                end: format.time(slot.end),
                state: localize(`community.slot.${slot.state}`),
              })}
            </span>`
          : nothing
      }
      <span class="chip calm">
        ${
          online === null
            ? localize("community.members", { members })
            : localize("community.online", { online, members })
        }
      </span>
    </div>`;
  }

  private shared({ spans }: CommunityMessage, format: Format): TemplateResult {
    const { localize } = this;
    const shared = spans[this.span];
    return html`
      <form @submit=${(event: Event) => event.preventDefault()}>
        <label>
          ${localize("savings.span")}
          <select
            @change=${(event: Event) => {
              this.span = (event.target as HTMLSelectElement).value as Span;
            }}
          >
            ${SPANS.map(
              (each) =>
                html`<option value=${each} ?selected=${each === this.span}>
                  ${localize(`savings.span.${each}`)}
                </option>`,
            )}
          </select>
        </label>
      </form>
      ${
        shared
          ? this.figures(shared, format)
          : html`<p class="quiet">${localize("community.nothing")}</p>`
      }
    `;
  }

  private figures(shared: Shared, format: Format): TemplateResult {
    const { localize } = this;
    const { saving, bought_kwh, sold_kwh, provisional, final } = shared;
    const voided =
      shared.void > 0 ? localize("community.void", { count: shared.void }) : nothing;
    if (provisional + final === 0)
      return html`<p class="quiet">${localize("community.unsettled")} ${voided}</p>`;
    return html`
      <dl class="figures">
        <div class="figure ${(saving ?? 0) > 0 ? "gain" : ""}">
          <dt>${localize("community.saved")}</dt>
          <dd>${saving === null ? "–" : format.money(saving)}</dd>
        </div>
        <div class="figure">
          <dt>${localize("community.bought")}</dt>
          <dd>${format.energy(bought_kwh)}</dd>
        </div>
        <div class="figure">
          <dt>${localize("community.sold")}</dt>
          <dd>${format.energy(sold_kwh)}</dd>
        </div>
      </dl>
      <p class="quiet">
        ${localize("community.compared")}
        ${localize("community.counted", { provisional, final })}
        ${voided}
      </p>
    `;
  }

  private outlook({ outlook, now }: CommunityMessage, format: Format): TemplateResult {
    const { localize } = this;
    const drawn = outlook ? renderOutlook(outlook, now, { localize, format }) : nothing;
    return html`<section>
      <h3>${localize("community.outlook")}</h3>
      ${drawn === nothing ? html`<p class="quiet">${localize("community.outlook.none")}</p>` : drawn}
      ${
        outlook?.stale
          ? html`<p class="quiet">
              ${localize("community.outlook.stale", { time: format.dayTime(outlook.issued, now) })}
            </p>`
          : nothing
      }
    </section>`;
  }

  private prices({ prices }: CommunityMessage, format: Format): TemplateResult | typeof nothing {
    const { localize } = this;
    const { community, fee } = prices;
    if (community === null) return nothing;
    const rows: [string, number | null][] = [
      ["community.price.buying", fee === null ? null : community + fee],
      ["community.price.import", prices.import],
      ["community.price.selling", community],
      ["community.price.export", prices.export],
    ];
    return html`<section>
      <h3>${localize("community.price")}</h3>
      <dl class="prices">
        ${rows.map(
          ([key, price]) =>
            html`<dt>${localize(key)}</dt><dd>${price === null ? "–" : format.price(price)}</dd>`,
        )}
      </dl>
    </section>`;
  }
}
