import assert from "node:assert/strict";
import { test } from "node:test";
import { createFeedSink } from "../../../src/platforms/http/feed-sink.ts";
import { createMemoryFeed } from "../../fakes/memory-feed.ts";

test("A reply that is told listens for late readers until its signal ends it", () => {
  const feed = createMemoryFeed();
  const ending = new AbortController();

  createFeedSink(feed, "e1", ending.signal);
  const before = feed.listeners();
  ending.abort();

  assert.deepEqual([before, feed.listeners()], [1, 0]);
});

test("A reply that is told listens to nobody when it had ended before it began", () => {
  const feed = createMemoryFeed();

  createFeedSink(feed, "e1", AbortSignal.abort());

  assert.equal(feed.listeners(), 0);
});
