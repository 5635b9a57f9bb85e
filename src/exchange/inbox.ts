import type { Inbox, Store } from "../core/exchange.ts";
import { Failure } from "../core/failure.ts";
import type { Log } from "../core/log.ts";
import { countCharacters, MAX_QUESTION_LENGTH } from "../core/message.ts";

export function createInbox({ store, log }: { readonly store: Store; readonly log: Log }): Inbox {
  return {
    async accept(message) {
      const received = await store.receive({ ...message, text: checkText(message.text) });
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
