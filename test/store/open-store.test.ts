import assert from "node:assert/strict";
import { test } from "node:test";
import { openStore } from "../../src/store/open-store.ts";
import { storeContract } from "../contracts/store.ts";
import { testDatabase, testStore } from "../support/postgres.ts";
import { silent } from "../support/postgres-server.ts";

storeContract("the PostgreSQL store", testStore);

test("the PostgreSQL store keeps its own settings beside those of its address", async (t) => {
  const url = new URL(await testDatabase(t));
  url.searchParams.set("options", "-c TimeZone=Asia/Tokyo -c work_mem=8MB");
  const store = await openStore({ databaseUrl: url.href, dataDir: "unused", log: silent });

  const { rows } = await store.pool.query(
    "SELECT current_setting('TimeZone') AS zone, current_setting('work_mem') AS memory, current_setting('statement_timeout') AS limit",
  );
  await store.close();

  assert.deepEqual(rows, [{ zone: "UTC", memory: "8MB", limit: "30s" }]);
});
