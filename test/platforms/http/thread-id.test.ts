import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createHttpFootnote, replyOf } from "../../fakes/http-footnote.ts";

/** What a caller writes, and what the reply calls the thread. */
const written = [
  ["abc", "abc"],
  ["http:abc", "abc"],
  ["http:http:abc", "http:http:abc"],
  ["http:slack:T1:C1:1.0", "http:slack:T1:C1:1.0"],
  ["teams:abc", "teams:abc"],
] as const;

describe("the reply's thread id", () => {
  for (const [given, shown] of written) {
    it(`for ${given} is ${shown}, which goes on in the same thread`, async () => {
      const { chat, store } = createHttpFootnote();

      const first = await replyOf(await chat({ message: "How long?", thread_id: given }));
      const second = await replyOf(await chat({ message: "And its year?", thread_id: first.thread_id }));

      assert.deepEqual([first.thread_id, second.thread_id], [shown, shown]);
      assert.equal((await store.stats()).conversations, 1);
    });
  }
});
