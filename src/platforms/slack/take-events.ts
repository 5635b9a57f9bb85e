import type { Inbox, Store } from "../../core/exchange.ts";
import { Failure } from "../../core/failure.ts";
import type { Log } from "../../core/log.ts";
import { type Heard, type Identity, readEvent } from "./inbound.ts";

/** Slack wants its ack within 3 s; what is not stored by then it shall send again. */
const STORE_LIMIT_MS = 2_500;

export interface TakeEventsOptions {
  readonly inbox: Inbox;
  readonly store: Pick<Store, "listens">;
  readonly log: Log;
}

/**
 * Takes events in the order of their thread: a follow-up finds the conversation its first question has begun.
 * @throws {Failure} `store-unavailable` when the event could not be stored in time: it must not be acked
 */
export function createEventTaker({
  inbox,
  store,
  log,
}: TakeEventsOptions): (event: unknown, self: Identity) => Promise<void> {
  const threads = new Map<string, Promise<unknown>>();

  async function take({ message, isAddressed }: Heard): Promise<void> {
    if (!isAddressed && !(await store.listens(message.thread))) return;
    try {
      await inbox.accept(message);
    } catch (error) {
      // It will be no question next time either.
      if (!(error instanceof Failure) || error.kind !== "invalid-input") throw error;
      log.info({ thread: message.thread, reason: error.message }, "not a question");
    }
  }

  return async (event, self) => {
    const heard = readEvent(event, self);
    if (heard === undefined) return;
    const { thread } = heard.message;
    const taken = (threads.get(thread) ?? Promise.resolve()).then(() => take(heard));
    const turn = taken.catch(() => undefined);
    threads.set(thread, turn);
    void turn.then(() => threads.get(thread) === turn && threads.delete(thread));
    await within(taken, STORE_LIMIT_MS);
  };
}

async function within(step: Promise<void>, milliseconds: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Failure("store-unavailable", "the event was not stored in time")),
    milliseconds,
  );
  try {
    await Promise.race([step, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
