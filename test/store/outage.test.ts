import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { test } from "node:test";
import type { ExchangeEvent, Store } from "../../src/core/exchange.ts";
import { Failure } from "../../src/core/failure.ts";
import { startEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { openStore } from "../../src/store/open-store.ts";
import { silent, temporaryFolder, urlOf } from "../support/postgres-server.ts";

const EXCHANGE = "0199d1a2-0000-7000-8000-000000000000";

test("the store says that it is unavailable during an outage, and goes on after it", async (t) => {
  const dataDir = await temporaryFolder();
  let server = await startEmbeddedPostgres({ dataDir, log: silent });
  const store = await openStore({ databaseUrl: urlOf(server.address.host, "postgres"), dataDir, log: silent });
  t.after(async () => {
    await store.close();
    await server.close();
    await rm(dataDir, { recursive: true });
  });
  const changed = firstEvent(store);

  await server.close();
  const during = await Promise.allSettled([
    store.ping(),
    store.ping(AbortSignal.timeout(1_000)),
    store.exchange(EXCHANGE),
    store.begin({ id: EXCHANGE, revision: 0 }),
    store.receive({
      id: "m1",
      thread: "http:a",
      author: { id: "http:a", name: "" },
      text: "?",
      replyTo: {},
      receivedAt: new Date(),
    }),
    store.answer(
      { id: EXCHANGE, revision: 0 },
      {
        sentences: [],
        citations: [],
        suggestions: [],
        outcome: "no-source",
        model: "",
        tokens: { input: 0, output: 0 },
        cache: "miss",
      },
    ),
    store.nextUnfinished("http:a"),
    store.conversations({ limit: 5 }),
    store.messages("http:a", { limit: 5 }),
    store.erase("http:a"),
    store.stats(),
    store.usage(7),
  ]);
  await store.feed.publish(EXCHANGE, { type: "status", text: "lost" });
  server = await startEmbeddedPostgres({ dataDir, log: silent });

  assert.deepEqual(
    during.map((result) => result.status === "rejected" && result.reason instanceof Failure && result.reason.kind),
    during.map(() => "store-unavailable"),
  );
  assert.deepEqual(await changed, { type: "changed" });
  assert.equal((await store.stats()).conversations, 0);
  await assert.doesNotReject(store.ping());
});

test("a database that is not there when Footnote starts is reported as unavailable", async () => {
  await assert.rejects(
    openStore({ databaseUrl: "postgresql://nobody@127.0.0.1:1/none", dataDir: "unused", log: silent }),
    (error) => error instanceof Failure && error.kind === "store-unavailable",
  );
});

function firstEvent(store: Store): Promise<ExchangeEvent> {
  return new Promise((resolve) => {
    store.feed.subscribe(EXCHANGE, resolve);
  });
}
