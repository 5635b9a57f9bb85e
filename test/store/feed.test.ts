import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { openFeed } from "../../src/store/feed.ts";
import { emptyDatabase } from "../support/postgres.ts";
import { openPool, silent } from "../support/postgres-server.ts";
import { until } from "../support/until.ts";

test("the feed leaves no connection behind when it is closed while it connects again", async (t) => {
  const url = new URL(await emptyDatabase());
  const proxy = await startProxy(t, join(url.searchParams.get("host") ?? "", ".s.PGSQL.5432"));
  const pool = openPool(url.href);
  t.after(() => pool.end());
  const connection = { host: "127.0.0.1", port: proxy.port, user: "postgres", database: url.pathname.slice(1) };
  const feed = await openFeed({ pool, connection, log: silent });
  const connectsAgain = once(proxy.server, "connection");

  proxy.cut();
  await connectsAgain;
  await feed.close();

  const left = await until(
    () =>
      pool.query(
        "SELECT FROM pg_stat_activity WHERE application_name = 'footnote feed' AND datname = current_database()",
      ),
    ({ rowCount }) => rowCount === 0,
  );
  assert.equal(left.rowCount, 0);
});

/** Passes everything on to a unix socket; `cut` ends the connections that are open. */
async function startProxy(t: TestContext, target: string) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target);
    for (const socket of [near, far]) sockets.add(socket.on("error", () => {}));
    near.pipe(far).pipe(near);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => server.close());
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  t.after(cut);
  return { server, port: address.port, cut };
}
