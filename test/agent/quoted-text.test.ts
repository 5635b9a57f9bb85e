import assert from "node:assert/strict";
import { test } from "node:test";
import { quotedText } from "../../src/agent/quoted-text.ts";

for (const [sentence, shown] of [
  ["It is 5 km long.", "It is 5 km long."],
  ["The dashboard is https://grafana.example/d/main.", "The dashboard is `https://grafana.example/d/main`."],
  ["Open <https://id.example/reset> and wait.", "Open <`https://id.example/reset`> and wait."],
  ["It lives at api.example/v2/billing and waits.", "It lives at `api.example/v2/billing` and waits."],
  ["The name is argv[1], the region argv[2].", "The name is `argv[1]`, the region `argv[2]`."],
  ["Run `curl https://a.example/x` twice.", "Run `curl https://a.example/x` twice."],
  ["It is a <div> of *stars*.", "It is a <div> of *stars*."],
] as const) {
  test(`A quotation is shown word for word, and no link: ${sentence}`, () => {
    assert.equal(quotedText(sentence), shown);
  });
}
