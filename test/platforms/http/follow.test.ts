import assert from "node:assert/strict";
import { test } from "node:test";
import type { Exchange, ExchangeFeed } from "../../../src/core/exchange.ts";
import { follow } from "../../../src/platforms/http/follow.ts";
import { MERCURY_ANSWER } from "../../fakes/answers.ts";

const running: Exchange = {
  id: "e1",
  messageId: "m1",
  thread: "http:t",
  author: { id: "http:a", name: "" },
  question: "How long?",
  state: "running",
  revision: 0,
  attempts: 1,
  isWithdrawn: false,
  replyTo: {},
  receivedAt: new Date(),
};
const answered: Exchange = { ...running, state: "answered", answer: MERCURY_ANSWER };

const deafFeed: ExchangeFeed = { publish: async () => {}, subscribe: () => () => {} };
const timeIsUp = new DOMException("The operation was aborted due to timeout", "TimeoutError");
const askerHasLeft = new DOMException("This operation was aborted", "AbortError");

test("following an exchange finds at its limit of time an answer that the feed did not tell of", async () => {
  const events = followUntilRead([running, answered], timeIsUp);

  assert.deepEqual(await Array.fromAsync(events), [{ type: "answered", exchange: answered, answer: MERCURY_ANSWER }]);
});

test("following an exchange ends at its limit of time when there is no answer yet", async () => {
  const events = followUntilRead([running, running], timeIsUp);

  await assert.rejects(Array.fromAsync(events), timeIsUp);
});

test("following an exchange finds at its limit of time that it was erased", async () => {
  const events = followUntilRead([running, undefined], timeIsUp);

  await assert.rejects(Array.fromAsync(events), { status: 404 });
});

test("following an exchange reads nothing more for an asker who has left", async () => {
  const events = followUntilRead([running, answered], askerHasLeft);

  await assert.rejects(Array.fromAsync(events), askerHasLeft);
});

/** Follows an exchange whose row is read as told, without a word from the feed; the first reading ends the waiting. */
function followUntilRead(rows: readonly (Exchange | undefined)[], reason: Error) {
  const left = [...rows];
  const waiting = new AbortController();
  const store = {
    feed: deafFeed,
    async exchange() {
      waiting.abort(reason);
      return left.shift();
    },
  };
  return follow(store, running.id, waiting.signal);
}
