import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lostPost } from "../../../src/platforms/discord/lost-post.ts";

const SOUGHT = { exchange: "e-1", text: "Part one.", known: ["1"] };
const button = (exchange: string): object => ({ type: 1, components: [{ type: 2, custom_id: `stop:${exchange}:0` }] });
const message = (id: string, given: object = {}): object => ({
  id,
  content: "Part one.",
  author: { bot: true },
  components: [],
  ...given,
});

describe("a message that was posted and not noted", () => {
  test("is the earliest with components of its exchange", () => {
    const listed = [message("4", { components: [button("e-1")] }), message("3", { components: [button("e-1")] })];

    const found = lostPost(listed, { ...SOUGHT, text: "" });

    assert.deepEqual(found, listed[1]);
  });

  test("shows what is to be posted where it has no components", () => {
    const listed = [message("3"), message("2", { content: "Part two." })];

    const found = lostPost(listed, SOUGHT);

    assert.deepEqual(found, listed[0]);
  });

  test("is none of another exchange, none of a person's, and none that was noted", () => {
    const listed = [message("3", { components: [button("e-2")] }), message("2", { author: {} }), message("1")];

    const found = lostPost(listed, SOUGHT);

    assert.equal(found, undefined);
  });
});
