import assert from "node:assert/strict";
import { test } from "node:test";
import { createInbox } from "../../src/exchange/inbox.ts";
import { createWorker } from "../../src/exchange/worker.ts";
import { silentLog } from "../fakes/log.ts";
import { scriptAgent } from "../fakes/script-agent.ts";
import { scriptPlatform } from "../fakes/script-platform.ts";
import { testStore } from "../support/postgres.ts";
import { until } from "../support/until.ts";

/** The database goes away for whoever completes a job, at that very moment; the sequence, which knows no transactions, tells that somebody did. */
const AWAY = `
  CREATE SEQUENCE tried;
  CREATE FUNCTION away() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM nextval('tried'); RAISE EXCEPTION 'terminating connection' USING ERRCODE = '57P01'; END $$;
  CREATE TRIGGER away BEFORE DELETE ON graphile_worker._private_jobs EXECUTE FUNCTION away()`;
const BACK =
  "DROP TRIGGER IF EXISTS away ON graphile_worker._private_jobs; DROP FUNCTION IF EXISTS away; DROP SEQUENCE IF EXISTS tried";

test("the worker goes on when the database goes away just as a job is done", async (t) => {
  const store = await testStore(t);
  const platform = scriptPlatform();
  const inbox = createInbox({ store, log: silentLog });
  const worker = createWorker({ store, pool: store.pool, agent: scriptAgent(), platforms: [platform], log: silentLog });
  const message = { author: { id: "http:a", name: "A" }, replyTo: {}, receivedAt: new Date() };
  await worker.start();

  await store.pool.query(AWAY);
  await inbox.accept({ ...message, id: "m1", thread: "http:one", text: "1" });
  await platform.shows(1);
  await until(
    () => store.pool.query<{ is_called: boolean }>("SELECT is_called FROM tried"),
    ({ rows }) => rows[0]?.is_called === true,
  );
  await store.pool.query(BACK);
  await inbox.accept({ ...message, id: "m2", thread: "http:two", text: "2" });
  await platform.shows(2);
  await worker.stop(1_000);

  assert.deepEqual(platform.shown, ["Answer to 1", "Answer to 2"]);
});
