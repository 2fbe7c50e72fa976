/** What is live of one home, kept through lost connections and late starts. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

import type { Connection, HomeAssistant } from "./ha";
import type { PlanMessage } from "./payload";
import { hasEnded, subscribeShared } from "./shared";

export interface FeedError {
  code: string;
  message: string;
}

/** The code of what failed because nobody was there to ask. */
export const OFFLINE = "offline";

export interface FeedOptions {
  /** Whether cards that follow the same share one subscription. */
  shared?: boolean;
}

type Unsubscribe = () => Promise<void> | void;

/** Waits between tries in seconds; the last one repeats. */
const RETRY_SECONDS = [2, 5, 10, 30, 60];

/** How soon a home that was unloaded is asked for again, seconds: most are loaded anew at once. */
const AGAIN_SECONDS = 1;

/** How often the now-line moves. */
const CLOCK_SECONDS = 60;

/** Home Assistant's code for what cannot be sent, or is not answered any more. */
const CONNECTION_LOST = 3;

/** A younger message needs no correction of its time. */
const AGED_MS = 1000;

/** Give what was thrown as an error that can be shown. */
export const asError = (reason: unknown): FeedError => {
  // What waits while the connection is lost is given a whole message, not only its error.
  const { error = reason } = (reason ?? {}) as { error?: unknown };
  const { code, message } = (error ?? {}) as { code?: string | number; message?: string };
  if (error === CONNECTION_LOST || code === CONNECTION_LOST)
    return { code: OFFLINE, message: OFFLINE };
  return { code: String(code ?? "other"), message: String(message ?? error) };
};

/** Subscribes while its host is connected and asks the host to draw each change. */
export class Feed<M> implements ReactiveController {
  message: M | null = null;
  error: FeedError | null = null;
  offline = false;

  /** When the message came, in milliseconds of the page's clock. */
  protected receivedAt = 0;
  private connection: Connection | null = null;
  private entryId: string | undefined;
  private unsubscribe: Unsubscribe | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private tries = 0;
  private attached = false;
  /** Grows with every start and stop, so that a late answer is known as late. */
  private generation = 0;

  constructor(
    protected readonly host: ReactiveControllerHost,
    private readonly type: string,
    private readonly options: FeedOptions = {},
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.attached = true;
    this.listen();
    void this.start();
  }

  hostDisconnected(): void {
    this.attached = false;
    this.stop();
    this.connection?.removeEventListener("ready", this.onReady);
    this.connection?.removeEventListener("disconnected", this.onLost);
  }

  /** Follow the given home over the given connection. */
  follow(hass: HomeAssistant, entryId: string | undefined): void {
    if (hass.connection === this.connection && entryId === this.entryId) return;
    this.stop();
    this.connection?.removeEventListener("ready", this.onReady);
    this.connection?.removeEventListener("disconnected", this.onLost);
    if (entryId !== this.entryId) this.message = null;
    this.connection = hass.connection;
    this.entryId = entryId;
    this.error = null;
    this.tries = 0;
    if (!this.attached) return;
    this.listen();
    void this.start();
  }

  /** Try again at once. */
  retry = (): void => {
    this.error = null;
    this.tries = 0;
    this.stop();
    void this.start();
    this.host.requestUpdate();
  };

  private listen(): void {
    this.connection?.addEventListener("ready", this.onReady);
    this.connection?.addEventListener("disconnected", this.onLost);
  }

  // The connection's own renewal gives up silently while the integration is still
  // starting, so the subscription is made anew here and retried until it holds.
  private onReady = (): void => {
    this.offline = false;
    this.retry();
  };

  private onLost = (): void => {
    this.offline = true;
    this.generation += 1;
    this.unsubscribe = null;
    clearTimeout(this.timer);
    this.host.requestUpdate();
  };

  private stop(): void {
    this.generation += 1;
    clearTimeout(this.timer);
    const { unsubscribe } = this;
    this.unsubscribe = null;
    if (unsubscribe) release(unsubscribe);
  }

  private async start(): Promise<void> {
    const { connection } = this;
    if (!connection || !this.attached || this.unsubscribe) return;
    const generation = ++this.generation;
    try {
      const take = (message: M, at?: number): void => {
        if (generation !== this.generation) return;
        if (hasEnded(message)) this.again();
        else this.receive(message, at);
      };
      const asked = { type: this.type, ...(this.entryId ? { entry_id: this.entryId } : {}) };
      const unsubscribe = this.options.shared
        ? await subscribeShared(connection, take, asked)
        : await connection.subscribeMessage(take, asked, { resubscribe: false });
      if (generation === this.generation) this.unsubscribe = unsubscribe;
      else release(unsubscribe);
    } catch (reason) {
      if (generation === this.generation) this.fail(asError(reason));
    }
  }

  /** The home is unloaded: what it said last is shown as such until it is back. */
  private again(): void {
    this.stop();
    this.offline = true;
    this.timer = setTimeout(() => void this.start(), AGAIN_SECONDS * 1000);
    this.host.requestUpdate();
  }

  /** Take a message that came at a time of the page's clock, in milliseconds. */
  protected receive(message: M, at = performance.now()): void {
    this.receivedAt = at;
    this.message = message;
    this.offline = false;
    this.error = null;
    this.tries = 0;
    this.host.requestUpdate();
  }

  private fail(error: FeedError): void {
    this.error = error;
    const wait = RETRY_SECONDS[Math.min(this.tries, RETRY_SECONDS.length - 1)] ?? 60;
    this.tries += 1;
    this.timer = setTimeout(() => void this.start(), wait * 1000);
    this.host.requestUpdate();
  }
}

/** The plan, whose clock goes on between messages. */
export class PlanFeed extends Feed<PlanMessage> {
  private clock: ReturnType<typeof setInterval> | undefined;
  private received: PlanMessage | null = null;

  constructor(host: ReactiveControllerHost, options?: FeedOptions) {
    super(host, "shems/plan/subscribe", options);
  }

  override hostConnected(): void {
    this.clock = setInterval(this.advance, CLOCK_SECONDS * 1000);
    super.hostConnected();
  }

  override hostDisconnected(): void {
    clearInterval(this.clock);
    super.hostDisconnected();
  }

  protected override receive(message: PlanMessage, at?: number): void {
    this.received = message;
    super.receive(message, at);
    // What another card has had for a while tells of a time that is over.
    if (at !== undefined && performance.now() - at > AGED_MS) this.advance();
  }

  /** Let the plan's clock go on between messages, which also shows when they stop. */
  private advance = (): void => {
    if (!this.received || !this.message) return;
    const age = (performance.now() - this.receivedAt) / 1000;
    this.message = { ...this.received, now: this.received.now + age };
    this.host.requestUpdate();
  };
}

/** Give a subscription back; it may be gone with its connection already. */
const release = (unsubscribe: Unsubscribe): void => {
  void Promise.resolve()
    .then(unsubscribe)
    .catch(() => undefined);
};
