/** The parts of Home Assistant's frontend that are used here. */

export interface FrontendLocale {
  language: string;
  number_format: string;
  time_format: string;
  time_zone?: string;
}

export interface EntityEntry {
  entity_id: string;
  name?: string | null;
  device_id?: string | null;
  platform?: string;
  translation_key?: string | null;
  entity_category?: "config" | "diagnostic" | null;
  hidden?: boolean;
  /** Whether the user may look at it only. */
  read_only?: boolean;
}

export interface DeviceEntry {
  id: string;
  name?: string | null;
  name_by_user?: string | null;
  config_entries?: string[];
  primary_config_entry?: string | null;
  via_device_id?: string | null;
  model?: string | null;
  entry_type?: string | null;
  identifiers?: [string, string][];
}

export interface EntityState {
  entity_id: string;
  state: string;
  attributes: Record<string, unknown>;
}

export interface Connection {
  connected: boolean;
  subscribeMessage<T>(
    callback: (message: T) => void,
    message: Record<string, unknown>,
    options?: { resubscribe?: boolean },
  ): Promise<() => Promise<void> | void>;
  addEventListener(event: string, callback: () => void): void;
  removeEventListener(event: string, callback: () => void): void;
}

export interface HomeAssistant {
  connection: Connection;
  /** False while the connection is lost. */
  connected?: boolean;
  language: string;
  locale: FrontendLocale;
  config: { time_zone: string; currency?: string };
  themes?: { darkMode?: boolean; theme?: string };
  selectedTheme?: unknown;
  user?: { is_admin: boolean };
  states: Record<string, EntityState>;
  entities: Record<string, EntityEntry>;
  devices: Record<string, DeviceEntry>;
  callService(domain: string, service: string, data?: Record<string, unknown>): Promise<unknown>;
  callWS<T>(message: Record<string, unknown>): Promise<T>;
  localize?(key: string, args?: Record<string, string>): string;
  loadBackendTranslation?(category: string, integration: string): Promise<unknown>;
}

export type CardConfig = { type: string } & Record<string, unknown>;

export interface SectionConfig {
  type: "grid";
  column_span?: number;
  cards: CardConfig[];
}

export interface ViewConfig {
  title: string;
  path: string;
  icon: string;
  type: "sections";
  show_icon_and_title: boolean;
  max_columns: number;
  dense_section_placement?: boolean;
  sections: SectionConfig[];
}
