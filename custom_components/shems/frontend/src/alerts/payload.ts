/** What the server sends about a home's alerts. */

export interface AlertMessage {
  /** What it is followed and acknowledged by. */
  alert: string;
  code: string;
  title: string;
  message: string;
  /** When it was raised, ISO. */
  raised: string;
  acknowledged: boolean;
  /** It was one too many for its day, and told to nobody. */
  muted: boolean;
}

export interface AlertsMessage {
  entry_id: string;
  may_acknowledge: boolean;
  alerts: AlertMessage[];
}
