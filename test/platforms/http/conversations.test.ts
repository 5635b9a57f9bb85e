import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import { conversations, messages } from "../../../src/platforms/http/schemas.ts";
import { createHttpFootnote, errorOf, replyOf } from "../../fakes/http-footnote.ts";

const listOf = async (response: Response) => conversations.strict().parse(await response.json());
const messagesOf = async (response: Response) => messages.strict().parse(await response.json());

const FROM_SLACK = {
  id: "m1",
  thread: "slack:T1:C1:1.0",
  author: { id: "slack:U1", name: "Ada" },
  text: "From Slack?",
  replyTo: {},
  receivedAt: new Date("2026-11-01T10:00:00Z"),
} as const;

describe("GET /api/conversations", () => {
  it("lists conversations newest first, others' under their full id", async () => {
    const { platform, chat, store } = createHttpFootnote();
    await store.receive(FROM_SLACK);
    await chat({ message: "How long?", thread_id: "t" });

    const { conversations: items, next_cursor } = await listOf(await platform.request("/api/conversations"));

    assert.deepEqual(
      items.map(({ thread_id, title, platform: name, messages: count }) => [thread_id, title, name, count]),
      [
        ["t", "How long?", "http", 2],
        ["slack:T1:C1:1.0", "From Slack?", "slack", 1],
      ],
    );
    assert.equal(items[1]?.last_activity_at, "2026-11-01T10:00:00.000Z");
    assert.equal(next_cursor, null);
  });

  it("goes on at the cursor", async () => {
    const { platform, chat } = createHttpFootnote();
    await chat({ message: "One?", thread_id: "one" });
    await chat({ message: "Two?", thread_id: "two" });

    const first = await listOf(await platform.request("/api/conversations?limit=1"));
    const second = await listOf(await platform.request(`/api/conversations?limit=1&cursor=${first.next_cursor}`));

    assert.deepEqual(
      [first, second].map((page) => page.conversations.map(({ thread_id }) => thread_id)),
      [["two"], ["one"]],
    );
    assert.equal(second.next_cursor, null);
  });

  for (const query of ["limit=0", "limit=101", "limit=x", "limit=1.5", "cursor=", "cursor=%27;--"]) {
    it(`refuses ${query}`, async () => {
      const { platform } = createHttpFootnote();

      const response = await platform.request(`/api/conversations?${query}`);

      assert.equal(response.status, 400);
      assert.equal((await errorOf(response)).error.code, "invalid-input");
    });
  }
});

for (const path of ["/api/conversations", "/api/conversations/t/messages"]) {
  it(`GET ${path} says of a cursor it never gave that it is not one of ours`, async () => {
    const { platform, chat } = createHttpFootnote();
    await chat({ message: "x", thread_id: "t" });

    const response = await platform.request(`${path}?cursor=bm9uZQ`);

    assert.equal(response.status, 400);
    assert.deepEqual(await response.json(), {
      error: { code: "invalid-input", message: "cursor: is not one of ours" },
    });
  });
}

describe("GET /api/conversations/{thread_id}/messages", () => {
  it("gives the messages oldest first, with their sources", async () => {
    const { platform, chat } = createHttpFootnote();
    const { sources } = await replyOf(await chat({ message: "How long?", thread_id: "t" }));

    const page = await messagesOf(await platform.request("/api/conversations/t/messages"));

    assert.equal(page.thread_id, "t");
    assert.deepEqual(
      page.messages.map(({ role, text, sources: cited }) => [role, text, cited]),
      [
        ["user", "How long?", []],
        [
          "assistant",
          "A day on Mercury lasts 176 Earth days. [1] Nobody has stayed for one. (not in the sources)",
          sources,
        ],
      ],
    );
  });

  it("tells of an answer what the answer itself told, and nothing of the kind of a question", async () => {
    const { platform, chat } = createHttpFootnote();
    const reply = await replyOf(await chat({ message: "How long?", thread_id: "t" }));

    const page = await messagesOf(await platform.request("/api/conversations/t/messages"));

    const [asked, answered] = page.messages.map(({ outcome, suggestions, limit, model, cache, elapsed_ms }) => [
      outcome,
      suggestions,
      limit,
      model,
      cache,
      elapsed_ms,
    ]);
    assert.deepEqual(answered, ["answered", ["Venus"], undefined, "quoting", "miss", reply.elapsed_ms]);
    assert.deepEqual(new Set(asked), new Set([undefined]));
  });

  it("tells an apology from an answer", async () => {
    const { platform, chat } = createHttpFootnote({
      answer: () => {
        throw new Failure("wiki-unavailable", "no route");
      },
    });
    await chat({ message: "How long?", thread_id: "t" });

    const page = await messagesOf(await platform.request("/api/conversations/t/messages"));

    assert.deepEqual(
      page.messages.map(({ role, failure }) => [role, failure]),
      [
        ["user", null],
        ["assistant", "wiki-unavailable"],
      ],
    );
  });

  it("takes the full id of another platform's thread", async () => {
    const { platform, store } = createHttpFootnote();
    await store.receive(FROM_SLACK);

    const page = await messagesOf(await platform.request("/api/conversations/slack:T1:C1:1.0/messages"));

    assert.deepEqual([page.thread_id, page.platform, page.messages.length], ["slack:T1:C1:1.0", "slack", 1]);
  });

  it("takes its own thread's full id, and ids with any character", async () => {
    const { platform, chat } = createHttpFootnote();
    await chat({ message: "x", thread_id: "a/b?c#d%e 東京:1" });
    const id = encodeURIComponent("http:a/b?c#d%e 東京:1");

    const page = await messagesOf(await platform.request(`/api/conversations/${id}/messages`));

    assert.equal(page.thread_id, "a/b?c#d%e 東京:1");
  });

  it("goes on at the cursor", async () => {
    const { platform, chat } = createHttpFootnote();
    await chat({ message: "x", thread_id: "t" });

    const first = await messagesOf(await platform.request("/api/conversations/t/messages?limit=1"));
    const second = await messagesOf(
      await platform.request(`/api/conversations/t/messages?limit=1&cursor=${first.next_cursor}`),
    );

    assert.deepEqual(
      [first.messages[0]?.role, second.messages[0]?.role, second.next_cursor],
      ["user", "assistant", null],
    );
  });

  it("answers 404 for a conversation that never was", async () => {
    const { platform } = createHttpFootnote();

    const response = await platform.request("/api/conversations/nothing/messages");

    assert.equal(response.status, 404);
    assert.equal((await errorOf(response)).error.code, "not-found");
  });
});

describe("DELETE /api/conversations/{thread_id}", () => {
  it("erases the conversation", async () => {
    const { platform, chat } = createHttpFootnote();
    await chat({ message: "x", thread_id: "t" });

    const first = await platform.request("/api/conversations/t", { method: "DELETE" });
    const again = await platform.request("/api/conversations/t", { method: "DELETE" });

    assert.deepEqual([first.status, again.status], [204, 404]);
    assert.equal((await platform.request("/api/conversations/t/messages")).status, 404);
  });
});
