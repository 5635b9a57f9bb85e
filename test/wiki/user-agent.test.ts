import assert from "node:assert/strict";
import { it } from "node:test";
import { userAgent } from "../../src/wiki/user-agent.ts";

const node = `node/${process.versions.node}`;

it("a User-Agent names version, operator and Node", () => {
  assert.equal(userAgent({ version: "1.2.3", contact: "ops@example.org" }), `Footnote/1.2.3 (ops@example.org) ${node}`);
});

it("a User-Agent without a contact claims none", () => {
  assert.equal(userAgent({ version: "1.2.3", contact: " " }), `Footnote/1.2.3 ${node}`);
});

it("a User-Agent is a sound header, whatever the contact", () => {
  const value = userAgent({ version: "1", contact: "Zoë (ops)\r\nX-Evil: 1" });

  assert.equal(value, `Footnote/1 (Zo_ _ops___X-Evil: 1) ${node}`);
  assert.doesNotThrow(() => new Headers({ "user-agent": value }));
});
