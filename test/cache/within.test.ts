import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { it } from "node:test";
import { within } from "../../src/cache/within.ts";
import { freePort } from "../support/redis.ts";

it("a reply that does not come in time is late", async () => {
  const never = new Promise<never>(() => undefined);

  await assert.rejects(within(1, never), { name: "LateReply" });
});

it("an error that comes in time is passed on", async () => {
  const error = new Error("refused");

  await assert.rejects(within(1_000, Promise.reject(error)), error);
});

it("a reply that came while the process was busy is not late", async (t) => {
  const port = await freePort();
  const server = createServer((socket) => socket.write("reply")).listen(port, "127.0.0.1");
  const client = connect(port, "127.0.0.1").pause();
  t.after(() => {
    client.destroy();
    server.close();
  });
  await once(server, "connection");
  await once(client, "connect");

  const reply = within(10, once(client.resume(), "data"));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);

  assert.equal(String((await reply)[0]), "reply");
});
