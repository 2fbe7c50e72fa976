/** A card whose code is fetched when the first of its kind is shown. */

import { type CardKind, tagOf } from "./catalog";
import type { HomeAssistant } from "./ha";

interface Card extends HTMLElement {
  setConfig(config: unknown): void;
  [property: string]: unknown;
}

/** What Home Assistant sets on a card. */
const HANDED_ON = ["hass", "preview", "layout"];

/** Waits between tries to fetch the code, seconds; the last one repeats. */
const RETRY_S = [2, 5, 15, 60];

const load = async (name: string) => (await import("./cards")).cardClass(name);

const create = async (name: string): Promise<Card> => {
  const card = await load(name);
  const tag = `${tagOf(name)}-content`;
  if (!customElements.get(tag)) customElements.define(tag, card);
  return document.createElement(tag) as Card;
};

/** Make the element that stands for a kind of card until its code is there, and around it then. */
export const lazyCard = (kind: CardKind): CustomElementConstructor => {
  class LazyCard extends HTMLElement {
    static getStubConfig = async (hass?: HomeAssistant): Promise<unknown> =>
      (await import("./stub")).stub(kind, hass);
    static getConfigForm = async (): Promise<unknown> => (await load(kind.name)).getConfigForm();

    private card: Card | undefined;
    private config: unknown;
    private readonly handed: Record<string, unknown> = {};
    private tries = 0;
    private timer: ReturnType<typeof setTimeout> | undefined;

    setConfig(config: unknown): void {
      this.config = config;
      this.card?.setConfig(config);
    }

    getCardSize(): number {
      return kind.size;
    }

    getGridOptions(): unknown {
      return {
        columns: kind.wide ? "full" : 12,
        rows: "auto",
        min_columns: kind.least ?? 6,
        min_rows: 3,
      };
    }

    connectedCallback(): void {
      this.style.cssText = "display:block;height:100%";
      if (!this.card) void this.fill();
    }

    disconnectedCallback(): void {
      clearTimeout(this.timer);
    }

    hand(name: string, value: unknown): void {
      this.handed[name] = value;
      if (this.card) this.card[name] = value;
    }

    handedOn(name: string): unknown {
      return this.handed[name];
    }

    private async fill(): Promise<void> {
      try {
        const card = await create(kind.name);
        if (this.card) return;
        card.setConfig(this.config);
        this.card = Object.assign(card, this.handed);
        this.replaceChildren(card);
      } catch (error) {
        this.fail(error as Error);
      }
    }

    private fail({ message }: Error): void {
      const alert = document.createElement("ha-alert");
      alert.setAttribute("alert-type", "error");
      alert.textContent = message;
      this.replaceChildren(alert);
      const wait = RETRY_S[Math.min(this.tries, RETRY_S.length - 1)] ?? 0;
      this.tries += 1;
      if (this.isConnected) this.timer = setTimeout(() => void this.fill(), wait * 1000);
    }
  }
  for (const name of HANDED_ON)
    Object.defineProperty(LazyCard.prototype, name, {
      get(this: LazyCard) {
        return this.handedOn(name);
      },
      set(this: LazyCard, value: unknown) {
        this.hand(name, value);
      },
    });
  return LazyCard;
};
