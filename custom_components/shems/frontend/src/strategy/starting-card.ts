/** What is shown until what is being set up has its devices: how that goes. */

import { mdiAlertCircleOutline, mdiTimerSandEmpty } from "@mdi/js";
import { type TemplateResult, html, nothing } from "lit";
import { state } from "lit/decorators.js";

import { palette } from "../card/palette";
import { cardStyle } from "../card/style";
import type { Connection, HomeAssistant } from "../ha";
import { HomeCard } from "../home-card";
import { svg } from "../modes";
import { type ConfigEntry, isMeant } from "./entries";

const INTEGRATION = "/config/integrations/integration/shems";

interface Change {
  /** Null for what there is when one begins to follow. */
  type: "added" | "removed" | "updated" | null;
  entry: ConfigEntry;
}

const PHASES: Record<string, "retried" | "failed"> = {
  setup_retry: "retried",
  setup_error: "failed",
  migration_error: "failed",
};

export class ShemsStartingCard extends HomeCard {
  static override styles = [palette, cardStyle];

  @state() private entries: ConfigEntry[] = [];

  private connection?: Connection;
  private end: Promise<() => unknown> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave();
  }

  protected currency(): string {
    return "";
  }

  protected follow(hass: HomeAssistant): void {
    if (hass.connection === this.connection) return;
    this.leave();
    this.connection = hass.connection;
    // The reason is told in words that only Home Assistant has.
    void hass.loadBackendTranslation?.("exceptions", "shems").then(() => this.requestUpdate());
    this.begin();
  }

  private begin(): void {
    if (!this.connection || this.end || !this.isConnected) return;
    this.end = this.connection.subscribeMessage<Change[]>((changes) => this.note(changes), {
      type: "config_entries/subscribe",
    });
    this.end.catch(() => undefined);
  }

  private leave(): void {
    // A dead connection has no subscriptions any more.
    void this.end?.then((end) => end()).catch(() => undefined);
    this.end = undefined;
  }

  private note(changes: Change[]): void {
    const before = changes.some(({ type }) => type === null) ? [] : this.entries;
    const told = new Map(before.map((entry) => [entry.entry_id, entry]));
    for (const { type, entry } of changes) {
      if (type !== "removed" && isMeant(entry, this.config?.entry_id || undefined))
        told.set(entry.entry_id, entry);
      else told.delete(entry.entry_id);
    }
    this.entries = [...told.values()];
    // With nothing left to wait for there is another page to be seen.
    if (told.size === 0)
      this.dispatchEvent(new Event("config-refresh", { bubbles: true, composed: true }));
  }

  protected override render(): TemplateResult {
    const { localize, entries } = this;
    const phases = entries.map((entry) => PHASES[entry.state]);
    const waiting = phases.every((phase) => phase === undefined);
    const failed = !waiting && phases.every((phase) => phase === "failed");
    return this.frame(
      html`<div class="state" role="status">
        ${svg(waiting ? mdiTimerSandEmpty : mdiAlertCircleOutline)}
        ${failed ? nothing : html`<h3>${localize("starting.title")}</h3>`}
        ${entries.map((entry) => html`<p>${this.told(entry)}</p>`)}
        ${
          waiting
            ? nothing
            : html`<div class="actions"><a href=${INTEGRATION}>${localize("action.open")}</a></div>`
        }
      </div>`,
      false,
    );
  }

  private told(entry: ConfigEntry): string {
    const { localize } = this;
    const phase = PHASES[entry.state] ?? "text";
    return localize(`starting.${phase}`, { name: entry.title, reason: this.reason(entry) });
  }

  private reason(entry: ConfigEntry): string {
    const { error_reason_translation_domain: domain, error_reason_translation_key: key } = entry;
    const told =
      domain && key
        ? this.hass?.localize?.(
            `component.${domain}.exceptions.${key}.message`,
            entry.error_reason_translation_placeholders ?? {},
          )
        : "";
    const reason = told || entry.reason || this.localize("starting.no_reason");
    return reason.replace(/\.$/, "");
  }
}
