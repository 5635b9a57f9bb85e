import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, it, type TestContext } from "node:test";
import { createHttpFootnote } from "../../fakes/http-footnote.ts";
import { createStage } from "../../fakes/stage.ts";

async function connectTo(t: TestContext, footnote = createHttpFootnote()) {
  await footnote.platform.start();
  t.after(() => footnote.platform.stop());
  const { hostname, port } = new URL(footnote.platform.address());
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  return socket;
}

const unreadable = [
  ["an unknown method", "FOO / HTTP/1.1\r\nHost: localhost\r\n\r\n", "501 Not Implemented", "method-not-implemented"],
  [
    "headers over 16 KiB",
    `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
    "431 Request Header Fields Too Large",
    "headers-too-large",
  ],
  ["another protocol", "GET / HTCPCP/1.0\r\n\r\n", "400 Bad Request", "not-http"],
] as const;

describe("what cannot be read as a request", () => {
  for (const [what, sent, status, code] of unreadable) {
    it(`is answered in JSON: ${what}`, async (t) => {
      const socket = await connectTo(t);

      socket.write(sent);

      const [head = "", body = ""] = (await text(socket)).split("\r\n\r\n");
      assert.ok(head.startsWith(`HTTP/1.1 ${status}\r\n`), head);
      assert.match(head, /\r\nConnection: close$/);
      assert.equal(JSON.parse(body).error.code, code);
    });
  }

  it("is never answered in the midst of another answer", async (t) => {
    const socket = await connectTo(t, createHttpFootnote({ answer: createStage().answer }));
    const question = '{"message":"How long?"}';
    socket.write(
      `POST /api/chat HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: ${question.length}\r\n\r\n${question}`,
    );
    await once(socket, "data");

    socket.write("FOO / HTTP/1.1\r\n\r\n");

    assert.doesNotMatch(await text(socket), /HTTP\/1\.1/);
  });
});
