import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { refusalOf } from "./chat-request-rules.ts";

const user = { role: "user", content: "How many hearts?" };
const call = { id: "call_1", type: "function", function: { name: "search", arguments: "{}" } };
const calling = { role: "assistant", content: null, tool_calls: [call] };
const result = { role: "tool", tool_call_id: "call_1", content: "three" };

function withTool(definition: object): object {
  return { model: "m", messages: [user], tools: [{ type: "function", function: { name: "search", ...definition } }] };
}

const sound: Readonly<Record<string, object>> = {
  "a system and a user message": { model: "m", messages: [{ role: "system", content: "Be brief." }, user] },
  "a tool call with its result": { model: "m", messages: [user, calling, result] },
  "a stream with its usage": { model: "m", messages: [user], stream: true, stream_options: { include_usage: true } },
  "a tool without parameters": withTool({}),
  "a tool with a list of strings": withTool({
    parameters: { type: "object", properties: { titles: { type: "array", items: { type: "string" } } } },
  }),
  "a strict tool that names every key": withTool({
    strict: true,
    parameters: {
      type: "object",
      properties: { query: { type: "string" } },
      required: ["query"],
      additionalProperties: false,
    },
  }),
};

for (const [what, body] of Object.entries(sound)) {
  it(`${what} is accepted`, () => {
    assert.equal(refusalOf(body), undefined);
  });
}

/** Each body with the parameter that OpenAI names in its refusal. */
const unsound: Readonly<Record<string, readonly [body: unknown, param: string]>> = {
  "a request without a model": [{ messages: [user] }, "model"],
  "an empty model": [{ model: "", messages: [user] }, "model"],
  "a request without messages": [{ model: "m" }, "messages"],
  "a text in place of messages": [{ model: "m", messages: "Hi" }, "messages"],
  "an empty list of messages": [{ model: "m", messages: [] }, "messages"],
  "an unknown role": [{ model: "m", messages: [{ role: "narrator", content: "Hi" }] }, "messages[0].role"],
  "a user message without content": [
    { model: "m", messages: [{ role: "user", content: null }] },
    "messages[0].content",
  ],
  "a user message of no parts": [{ model: "m", messages: [{ role: "user", content: [] }] }, "messages[0].content"],
  "an assistant message that says and calls nothing": [
    { model: "m", messages: [{ role: "assistant", content: null }] },
    "messages[0].content",
  ],
  "an empty list of tool calls": [
    { model: "m", messages: [user, { ...calling, tool_calls: [] }] },
    "messages[1].tool_calls",
  ],
  "tool arguments that are no text": [
    {
      model: "m",
      messages: [user, { ...calling, tool_calls: [{ ...call, function: { name: "search", arguments: {} } }] }],
    },
    "messages[1].tool_calls[0].function.arguments",
  ],
  "an author's name with a space": [{ model: "m", messages: [{ ...user, name: "Ada L." }] }, "messages[0].name"],
  "a tool message behind nothing": [{ model: "m", messages: [user, result] }, "messages[1].role"],
  "a tool message for another call": [
    { model: "m", messages: [user, calling, { ...result, tool_call_id: "call_2" }] },
    "messages[2].role",
  ],
  "a second result of one call": [{ model: "m", messages: [user, calling, result, result] }, "messages[3].role"],
  "a tool call that is left unanswered": [{ model: "m", messages: [user, calling, user] }, "messages[2].role"],
  "a tool call at the very end": [{ model: "m", messages: [user, calling] }, "messages[2].role"],
  "an answer to one of two calls": [
    { model: "m", messages: [user, { ...calling, tool_calls: [call, { ...call, id: "call_2" }] }, result] },
    "messages[3].role",
  ],
  "a tool name with a dot": [withTool({ name: "wiki.search" }), "tools[0].function.name"],
  "an empty list of tools": [{ model: "m", messages: [user], tools: [] }, "tools"],
  "tool parameters that are no object": [withTool({ parameters: { type: "string" } }), "tools[0].function.parameters"],
  "tool parameters that are no JSON Schema": [
    withTool({ parameters: { type: "object", properties: { query: { type: "text" } } } }),
    "tools[0].function.parameters",
  ],
  "a list parameter without its items": [
    withTool({ parameters: { type: "object", properties: { titles: { type: "array" } } } }),
    "tools[0].function.parameters",
  ],
  "a strict tool that leaves additional keys open": [
    withTool({ strict: true, parameters: { type: "object", properties: {} } }),
    "tools[0].function.parameters",
  ],
  "a strict tool with an optional key": [
    withTool({
      strict: true,
      parameters: { type: "object", properties: { query: { type: "string" } }, additionalProperties: false },
    }),
    "tools[0].function.parameters",
  ],
  "a choice of tools without tools": [{ model: "m", messages: [user], tool_choice: "auto" }, "tool_choice"],
  "a choice of an unknown tool": [
    { ...withTool({}), tool_choice: { type: "function", function: { name: "other" } } },
    "tool_choice",
  ],
  "stream options without a stream": [
    { model: "m", messages: [user], stream_options: { include_usage: true } },
    "stream_options",
  ],
  "two limits of tokens": [{ model: "m", messages: [user], max_tokens: 1, max_completion_tokens: 1 }, "max_tokens"],
  "an unknown parameter": [{ model: "m", messages: [user], streaming: true }, "streaming"],
};

describe("a request that OpenAI refuses", () => {
  for (const [what, [body, param]] of Object.entries(unsound)) {
    it(`${what} is refused`, () => {
      assert.equal(refusalOf(body)?.param, param);
    });
  }
});
