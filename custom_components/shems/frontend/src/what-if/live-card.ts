/** What the cards that follow one kind of message of a home have in common. */

import { Feed } from "../feed";
import type { HomeAssistant } from "../ha";
import { HomeCard, type HomeCardConfig } from "../home-card";

export type { HomeCardConfig } from "../home-card";

/** Follows one kind of message of a home. */
export abstract class LiveCard<M> extends HomeCard {
  protected readonly feed: Feed<M>;

  constructor(type: string) {
    super();
    this.feed = new Feed<M>(this, type);
  }

  protected follow(hass: HomeAssistant, config: HomeCardConfig): void {
    this.feed.follow(hass, config.entry_id || undefined);
  }
}
