import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AIMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import { startModelServer, type ModelServer } from "./model-server.ts";
import type { ModelTurn } from "./model-turn.ts";

function clientOf(server: ModelServer, apiKey = "test-key"): ChatOpenAI {
  return new ChatOpenAI({ model: "test-model", apiKey, maxRetries: 0, configuration: { baseURL: server.url } });
}

const searchTool = {
  type: "function",
  function: {
    name: "search_wikipedia",
    description: "Finds articles.",
    parameters: { type: "object", properties: { query: { type: "string" } }, required: ["query"] },
  },
};

const textTurn: ModelTurn = { text: "An octopus has three hearts.", usage: { input: 11, output: 6 } };

function answerByQuestion(body: unknown): ModelTurn {
  return { text: JSON.stringify(body).includes("hearts") ? "three" : "eight" };
}

async function post(url: string, body: string): Promise<Response> {
  const headers = { "content-type": "application/json", authorization: "Bearer test-key" };
  return await fetch(`${url}/chat/completions`, { method: "POST", headers, body });
}

describe("model server", () => {
  it("answers a real client with the scripted text and usage", async () => {
    await using server = await startModelServer({ script: [textTurn] });

    const answer = await clientOf(server).invoke("How many hearts?");

    assert.equal(answer.content, "An octopus has three hearts.");
    assert.deepEqual(answer.usage_metadata?.total_tokens, 17);
  });

  it("streams text in chunks of the scripted size", async () => {
    await using server = await startModelServer({ script: [{ ...textTurn, chunkSize: 10, chunkDelayMs: 1 }] });

    const stream = await clientOf(server).stream("How many hearts?");
    const texts = (await Array.fromAsync(stream)).map((chunk) => chunk.content).filter((text) => text !== "");

    assert.deepEqual(texts, ["An octopus", " has three", " hearts."]);
  });

  it("takes a whole round of tool calls from a real client", async () => {
    const toolCalls = [{ id: "call_1", name: "search_wikipedia", arguments: { query: "octopus" } }];
    await using server = await startModelServer({ script: [{ toolCalls }, textTurn] });
    const client = clientOf(server).bindTools([searchTool]);
    const question = new HumanMessage("How many hearts?");

    const call = await client.invoke([question]);
    const answer = await client.invoke([question, call, new ToolMessage({ content: "three", tool_call_id: "call_1" })]);

    assert.deepEqual(call.tool_calls?.[0]?.args, { query: "octopus" });
    assert.equal(answer.content, "An octopus has three hearts.");
    assert.deepEqual(
      server.requests.map(({ refusal }) => refusal),
      [undefined, undefined],
    );
  });

  it("streams a tool call together with text", async () => {
    const toolCalls = [{ name: "search_wikipedia", arguments: { query: "octopus" } }];
    await using server = await startModelServer({ script: [{ text: "Let me look.", toolCalls }] });

    const stream = await clientOf(server).bindTools([searchTool]).stream("How many hearts?");
    const whole = (await Array.fromAsync(stream)).reduce((sum, chunk) => sum.concat(chunk));

    assert.equal(whole.content, "Let me look.");
    assert.deepEqual(whole.tool_calls?.[0]?.args, { query: "octopus" });
  });

  it("passes malformed tool arguments on as they are", async () => {
    const toolCalls = [{ name: "search_wikipedia", arguments: '{"query": "octo' }];
    await using server = await startModelServer({ script: [{ toolCalls }] });

    const answer = await clientOf(server).bindTools([searchTool]).invoke("How many hearts?");

    assert.equal(answer.invalid_tool_calls?.[0]?.args, '{"query": "octo');
  });

  it("lets a function choose the turn by the request", async () => {
    await using server = await startModelServer({ script: answerByQuestion });
    const client = clientOf(server);

    const answers = await Promise.all([client.invoke("How many arms?"), client.invoke("How many hearts?")]);

    assert.deepEqual(
      answers.map((answer) => answer.content),
      ["eight", "three"],
    );
  });

  it("ends a reply by its token limit", async () => {
    await using server = await startModelServer({ script: [{ text: "An octopus has", finishReason: "length" }] });

    const answer = await clientOf(server).invoke("How many hearts?");

    assert.equal(answer.response_metadata["finish_reason"], "length");
  });

  it("fails as scripted with a status and a Retry-After", async () => {
    await using server = await startModelServer({
      script: [
        { status: 429, retryAfterSeconds: 7 },
        { status: 500, latencyMs: 1 },
      ],
    });
    const body = JSON.stringify({ model: "test-model", messages: [{ role: "user", content: "Hi" }] });

    const limited = await post(server.url, body);
    const broken = await post(server.url, body);

    assert.deepEqual([limited.status, limited.headers.get("retry-after"), broken.status], [429, "7", 500]);
  });

  it("breaks the connection in the middle of a stream", async () => {
    await using server = await startModelServer({ script: [{ ...textTurn, chunkSize: 5, breakAfterChunks: 3 }] });
    const texts: unknown[] = [];

    const read = async (): Promise<void> => {
      for await (const chunk of await clientOf(server).stream("How many hearts?")) texts.push(chunk.content);
    };

    await assert.rejects(read());
    assert.equal(texts.join(""), "An octopus");
  });

  it("never answers a request that hangs, and notices when its client gives up", async () => {
    await using server = await startModelServer({ script: [{ hang: true }] });
    const giveUp = new AbortController();

    const answer = clientOf(server).invoke("How many hearts?", { signal: giveUp.signal });
    await server.received(1);
    giveUp.abort();

    await assert.rejects(answer);
    await server.abandoned(1);
  });

  it("notices a client that gives up while it waits for the first byte", async () => {
    await using server = await startModelServer({ script: [{ ...textTurn, latencyMs: 60_000 }] });
    const giveUp = new AbortController();

    const answer = clientOf(server).invoke("How many hearts?", { signal: giveUp.signal });
    await server.received(1);
    giveUp.abort();

    await assert.rejects(answer);
    await server.abandoned(1);
  });

  it("refuses a request beyond its script", async () => {
    await using server = await startModelServer({ script: [] });

    await assert.rejects(clientOf(server).invoke("How many hearts?"), { status: 400, code: "script_ended" });
  });

  it("refuses a wrong key with 401", async () => {
    await using server = await startModelServer({ script: [textTurn] });

    await assert.rejects(clientOf(server, "stolen").invoke("How many hearts?"), { status: 401 });
    assert.equal(server.requests[0]?.refusal?.code, "invalid_api_key");
  });

  it("refuses a request without a key with 401", async () => {
    await using server = await startModelServer({ script: [textTurn] });

    const reply = await fetch(`${server.url}/chat/completions`, { method: "POST", body: "{}" });

    assert.equal(reply.status, 401);
  });

  it("refuses a body that is not JSON", async () => {
    await using server = await startModelServer({ script: [textTurn] });

    const reply = await post(server.url, "{");

    assert.equal(reply.status, 400);
  });

  it("knows no other address", async () => {
    await using server = await startModelServer({ script: [textTurn] });

    const reply = await fetch(`${server.url}/responses`, { method: "POST", body: "{}" });

    assert.equal(reply.status, 404);
  });

  it("refuses a dangling tool call sent by a real client, and keeps the turn for the next request", async () => {
    await using server = await startModelServer({ script: [textTurn] });
    const client = clientOf(server);
    const dangling = new AIMessage({ content: "", tool_calls: [{ id: "call_1", name: "search_wikipedia", args: {} }] });

    await assert.rejects(client.invoke([new HumanMessage("Hi"), dangling]), { status: 400 });
    const answer = await client.invoke("How many hearts?");

    assert.equal(answer.content, "An octopus has three hearts.");
  });
});
