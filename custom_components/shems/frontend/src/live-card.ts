/** What the cards that follow one kind of message of a home have in common. */

import type { TemplateResult } from "lit";

import { renderError, renderSkeleton } from "./card/parts";
import { Feed, type FeedError, type FeedOptions } from "./feed";
import type { Format } from "./format";
import type { HomeAssistant } from "./ha";
import { HomeCard, type HomeCardConfig } from "./home-card";

/** Follows one kind of message of a home, and draws it once it is there. */
export abstract class LiveCard<M> extends HomeCard {
  protected readonly feed: Feed<M>;

  constructor(type: string, options?: FeedOptions) {
    super();
    this.feed = new Feed<M>(this, type, options);
  }

  /** Draw what a message says. */
  protected abstract content(message: M, format: Format): TemplateResult;

  /** Draw why there is no message. */
  protected failed(error: FeedError, retry: () => void): TemplateResult {
    return renderError(error, retry, this.localize);
  }

  protected follow(hass: HomeAssistant, config: HomeCardConfig): void {
    this.feed.follow(hass, config.entry_id || undefined);
  }

  protected override render(): TemplateResult {
    return this.frame(this.body(), this.feed.offline);
  }

  private body(): TemplateResult {
    const { config, format, localize } = this;
    const { message, error, retry } = this.feed;
    if (!config || !format || (!message && !error)) return renderSkeleton(localize);
    return message ? this.content(message, format) : this.failed(error!, retry);
  }
}
