import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { LLMock } from "@copilotkit/aimock";
import { refusalOf, type Rejection } from "./chat-request-rules.ts";
import { contextOf, type ModelTurn } from "./model-turn.ts";

export interface ReceivedRequest {
  /** The JSON body, `undefined` when it was none. */
  readonly body: unknown;
  /** What a real server would have refused it for; such a request uses up no turn. */
  readonly refusal?: Rejection;
}

export interface ModelServerOptions {
  /** The n-th valid request gets the n-th turn, further ones a 400 `script_ended`; a function sees the request's body instead. */
  readonly script: readonly ModelTurn[] | ((body: unknown) => ModelTurn);
  /** The only key that is let in. Default `test-key`. */
  readonly apiKey?: string;
}

export interface ModelServer extends AsyncDisposable {
  /** Base URL for a client: `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  /** Everything received so far, in order, refused requests too. */
  readonly requests: readonly ReceivedRequest[];
  /** Milliseconds it has taken over its replies, from a request's arrival to its last byte. */
  busyMs(): number;
  /** Resolves once so many requests have been received. */
  received(count: number): Promise<void>;
  /** Resolves once so many clients have hung up before their reply was complete. */
  abandoned(count: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * OpenAI's chat completions on loopback, replying by script. Requests that OpenAI would refuse are refused in the same
 * words, because aimock itself accepts anything.
 */
export async function startModelServer({ script, apiKey = "test-key" }: ModelServerOptions): Promise<ModelServer> {
  const requests: ReceivedRequest[] = [];
  const hungUp: unknown[] = [];
  const events = new EventEmitter();
  const mock = new LLMock({ host: "127.0.0.1", port: 0 });
  await mock.start();
  const nextTurn = turnsOf(script);
  let busyMs = 0;

  async function serve(incoming: IncomingMessage, reply: ServerResponse): Promise<void> {
    const begun = performance.now();
    const body = await json(incoming).catch(() => undefined);
    reply.on("close", () => {
      if (reply.writableFinished) return;
      hungUp.push(body);
      events.emit("abandoned");
    });
    const refusal = refusedAtTheDoor(incoming, apiKey) ?? refusedBody(body);
    requests.push(refusal === undefined ? { body } : { body, refusal: refusal.error });
    const turn = refusal === undefined ? nextTurn(body) : refusal;
    events.emit("received");
    await play(turn, { body, reply, mock });
    busyMs += performance.now() - begun;
  }

  const server = createServer((incoming, reply) => {
    serve(incoming, reply).catch((error: unknown) => reply.destroy(error instanceof Error ? error : undefined));
  });
  const port = await listen(server);

  async function close(): Promise<void> {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await mock.stop();
  }

  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    busyMs: () => busyMs,
    async received(count) {
      while (requests.length < count) await once(events, "received");
    },
    async abandoned(count) {
      while (hungUp.length < count) await once(events, "abandoned");
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert(typeof address === "object" && address !== null);
  return address.port;
}

function turnsOf(script: ModelServerOptions["script"]): (body: unknown) => ModelTurn | Refused {
  if (typeof script === "function") return script;
  const left = script.values();
  return () => left.next().value ?? refused(400, "The script of this model server has no turn left.", "script_ended");
}

interface Refused {
  readonly status: number;
  readonly error: Rejection;
}

function refusedAtTheDoor(incoming: IncomingMessage, apiKey: string): Refused | undefined {
  if (incoming.url !== "/v1/chat/completions") {
    return refused(404, `Invalid URL (${incoming.method} ${incoming.url})`, null);
  }
  if (incoming.method !== "POST") {
    return refused(405, `Not allowed to ${incoming.method} on this URL.`, "method_not_supported");
  }
  if (incoming.headers.authorization === undefined) return refused(401, "You didn't provide an API key.", null);
  if (incoming.headers.authorization !== `Bearer ${apiKey}`) {
    return refused(401, "Incorrect API key provided.", "invalid_api_key");
  }
  return undefined;
}

function refusedBody(body: unknown): Refused | undefined {
  if (body === undefined) return refused(400, "We could not parse the JSON body of your request.", null);
  const error = refusalOf(body);
  return error === undefined ? undefined : { status: 400, error };
}

function refused(status: number, message: string, code: string | null): Refused {
  return { status, error: { message, type: "invalid_request_error", param: null, code } };
}

interface Stage {
  readonly body: unknown;
  readonly reply: ServerResponse;
  readonly mock: LLMock;
}

async function play(turn: ModelTurn | Refused, { body, reply, mock }: Stage): Promise<void> {
  if ("hang" in turn) return;
  if ("error" in turn) {
    reply.writeHead(turn.status, { "content-type": "application/json" }).end(JSON.stringify({ error: turn.error }));
    return;
  }
  await turn.after;
  await waitUnlessClosed(turn.latencyMs ?? 0, reply);
  if (reply.destroyed) return;
  const gone = new AbortController();
  reply.once("close", () => gone.abort());
  const answer = await fetch(`${mock.url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-aimock-context": contextOf(turn, mock) },
    body: JSON.stringify(body),
    signal: gone.signal,
  });
  reply.writeHead(answer.status, Object.fromEntries(answer.headers));
  const limit = "breakAfterChunks" in turn ? turn.breakAfterChunks : undefined;
  await copy(answer, reply, limit);
}

/** Copies the body, or so many of its server-sent events (aimock writes each whole) and then breaks the connection. */
async function copy(answer: Response, reply: ServerResponse, eventLimit = Number.POSITIVE_INFINITY): Promise<void> {
  let left = eventLimit;
  for await (const text of (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    const events = text.split(/(?<=\n\n)/);
    const piece = events.slice(0, left).join("");
    left -= events.length;
    // The connection breaks only once the piece is on its way, else the client might never see it.
    await new Promise((resolve) => reply.write(piece, resolve));
    if (left <= 0) return void reply.destroy();
  }
  reply.end();
}

/** Resolves after the time, or as soon as the client hangs up. */
async function waitUnlessClosed(milliseconds: number, reply: ServerResponse): Promise<void> {
  if (milliseconds === 0) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  reply.once("close", resolve);
  await promise;
  clearTimeout(timer);
}
