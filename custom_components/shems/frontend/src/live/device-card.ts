/** The card of one device, or of all of a home. */

import { type TemplateResult, css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";

import { palette } from "../card/palette";
import { cardStyle } from "../card/style";
import type { Format } from "../format";
import type { HomeAssistant } from "../ha";
import type { HomeCardConfig } from "../home-card";
import { LiveCard } from "../live-card";
import { localizer } from "../localize";
import { ownDevice } from "../strategy/own";
import { DEVICE_TAG, ShemsDevice } from "./device-element";
import type { LiveDevice, LiveMessage } from "./payload";

interface DeviceCardConfig extends HomeCardConfig {
  /** In Home Assistant's registry; without it all devices are shown. */
  device?: string;
}

if (!customElements.get(DEVICE_TAG)) customElements.define(DEVICE_TAG, ShemsDevice);

const style = css`
  shems-device + shems-device {
    padding-top: 16px;
    border-top: 1px solid var(--divider-color, #ccc);
  }
  p {
    margin: 0;
    color: var(--secondary-text-color);
  }
`;

export class ShemsDeviceCard extends LiveCard<LiveMessage> {
  static override styles = [palette, cardStyle, style];

  static override getConfigForm(): Record<string, unknown> {
    const form = super.getConfigForm() as { schema: unknown[] };
    const device = { name: "device", selector: { device: { integration: "shems" } } };
    const say = localizer(document.documentElement.lang || "en");
    return {
      ...form,
      schema: [...form.schema, device],
      computeLabel: ({ name }: { name: string }) => say(`editor.${name}`),
    };
  }

  constructor() {
    super("shems/live/subscribe", { shared: true });
  }

  override setConfig(config: DeviceCardConfig): void {
    if (config.device && typeof config.device !== "string")
      throw new Error("device must be a text");
    super.setConfig(config);
  }

  protected currency(): string {
    return this.feed.message?.currency ?? "";
  }

  protected override content(message: LiveMessage, format: Format): TemplateResult {
    const { config, hass, localize } = this;
    const devices = this.chosen(message, hass!);
    return html`
      ${config?.title ? html`<header><h2>${config.title}</h2></header>` : ""}
      ${devices.length === 0 ? html`<p>${localize("device.none")}</p>` : ""}
      ${repeat(
        devices,
        ({ id }) => id,
        (device) => html`<shems-device
          .hass=${hass}
          .message=${message}
          .device=${device}
          .format=${format}
          .localize=${localize}
        ></shems-device>`,
      )}
    `;
  }

  private chosen({ devices, entry_id }: LiveMessage, hass: HomeAssistant): LiveDevice[] {
    const { device } = (this.config ?? {}) as DeviceCardConfig;
    if (!device) return devices;
    const own = ownDevice(hass, device, entry_id);
    return devices.filter(({ id }) => id === own);
  }
}
