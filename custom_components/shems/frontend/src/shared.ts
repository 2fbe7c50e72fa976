/** One subscription for all cards of a page that ask for the same. */

import type { Connection } from "./ha";

/** Takes a message and when it came, in milliseconds of the page's clock. */
type Listener = (message: unknown, at: number) => void;
type Unsubscribe = () => Promise<void> | void;

interface Subscription {
  listeners: Set<Listener>;
  last: { message: unknown; at: number } | null;
  begun: Promise<Unsubscribe>;
}

/** Tell whether a message is the last one of its subscription. */
export const hasEnded = (message: unknown): boolean =>
  (message as { ended?: unknown } | null)?.ended === true;

const open = new WeakMap<Connection, Map<string, Subscription>>();

const ofConnection = (connection: Connection): Map<string, Subscription> => {
  let all = open.get(connection);
  if (!all) {
    const made = new Map<string, Subscription>();
    all = made;
    open.set(connection, made);
    // A lost connection has forgotten them all.
    connection.addEventListener("disconnected", () => made.clear());
  }
  return all;
};

const begin = (connection: Connection, asked: Record<string, unknown>): Subscription => {
  const listeners = new Set<Listener>();
  const subscription: Subscription = {
    listeners,
    last: null,
    begun: connection.subscribeMessage(
      (message: unknown) => {
        const at = performance.now();
        subscription.last = { message, at };
        // Who leaves meanwhile asks anew.
        [...listeners].forEach((listener) => listener(message, at));
      },
      asked,
      { resubscribe: false },
    ),
  };
  return subscription;
};

/** Subscribe, or listen to a subscription that another card has already; the last message is given at once. */
export const subscribeShared = async <M>(
  connection: Connection,
  callback: (message: M, at: number) => void,
  asked: Record<string, unknown>,
): Promise<() => void> => {
  const all = ofConnection(connection);
  const key = JSON.stringify(asked);
  const listener = callback as Listener;
  const known = all.get(key);
  const subscription = known ?? begin(connection, asked);
  all.set(key, subscription);
  const leave = (): void => {
    subscription.listeners.delete(listener);
    if (subscription.listeners.size > 0 || all.get(key) !== subscription) return;
    all.delete(key);
    // A dead connection has no subscriptions any more.
    void subscription.begun.then((end) => end()).catch(() => undefined);
  };
  subscription.listeners.add(listener);
  try {
    await subscription.begun;
  } catch (error) {
    leave();
    throw error;
  }
  if (known && subscription.last) listener(subscription.last.message, subscription.last.at);
  return leave;
};
