import type { Inbox, Received, Store } from "../core/exchange.ts";
import { Failure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import { countCharacters, type InboundMessage, MAX_QUESTION_LENGTH, platformOf } from "../core/message.ts";

const MINUTE_MS = 60_000;

export interface InboxOptions {
  readonly store: Store;
  /** Questions one person may ask within a minute. Default: no limit. */
  readonly perMinute?: number | undefined;
  readonly log: Log;
}

export function createInbox({ store, perMinute: usual, log }: InboxOptions): Inbox {
  /** What its author has asked too much is not stored, unless it has been. */
  async function receive(message: InboundMessage, perMinute: number | undefined): Promise<Received> {
    if (perMinute === undefined) return store.receive(message);
    const asked = await store.askedSince(message.author.id, new Date(Date.now() - MINUTE_MS));
    if (asked < perMinute) return store.receive(message);
    const exchange = await store.exchangeOf(platformOf(message.thread), message.id);
    if (exchange !== undefined) return { exchange, isNew: false };
    throw new Failure("over-budget", "its author has asked too much", { retryAfterMs: MINUTE_MS });
  }

  return {
    async accept(message, perMinute = usual) {
      const received = await receive({ ...message, text: checkText(message.text) }, perMinute);
      const { exchange, isNew } = received;
      log.info({ thread: exchange.thread, exchange: exchange.id, isNew }, "received");
      return received;
    },
    async revise(id, change) {
      const { question } = change;
      const exchange = await store.revise(id, {
        ...change,
        ...(question === undefined ? {} : { question: checkText(question) }),
      });
      log.info({ exchange: id, revision: exchange?.revision }, "revised");
      return exchange;
    },
  };
}

function checkText(raw: string): string {
  const text = raw.toWellFormed().trim();
  if (text === "") throw new Failure("invalid-input", "the message is empty");
  // PostgreSQL stores no NUL, and nobody types one.
  if (text.includes("\0")) throw new Failure("invalid-input", "the message holds a NUL character");
  if (countCharacters(text, MAX_QUESTION_LENGTH) > MAX_QUESTION_LENGTH) {
    throw new Failure("invalid-input", `the message is longer than ${MAX_QUESTION_LENGTH} characters`);
  }
  return text;
}
