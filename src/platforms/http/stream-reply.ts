import type { Context } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { Exchange, Store } from "../../core/exchange.ts";
import { toProblem } from "./problem.ts";
import { type ReplyEvent, replyEvents } from "./reply-events.ts";
import { exchangeJson } from "./reply-json.ts";
import type { ThreadIds } from "./thread-id.ts";

export interface StreamedReply {
  readonly store: Pick<Store, "exchange" | "feed">;
  readonly threads: ThreadIds;
  readonly exchange: Exchange;
  /** Whether something may have been told of it before. */
  readonly isLate: boolean;
  readonly signal: AbortSignal;
  readonly heartbeatMs: number;
}

/** Answers with server-sent events. A client that leaves ends the stream, never the exchange. */
export function streamReply(c: Context, reply: StreamedReply): Response {
  // Proxies that buffer answers (nginx) would hold the sentences back.
  c.header("X-Accel-Buffering", "no");
  return streamSSE(c, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const heartbeat = setInterval(() => void stream.write(": still here\n\n"), reply.heartbeatMs);
    try {
      await writeEvents(stream, reply, AbortSignal.any([reply.signal, gone.signal]));
    } finally {
      clearInterval(heartbeat);
    }
  });
}

async function writeEvents(stream: SSEStreamingApi, reply: StreamedReply, signal: AbortSignal): Promise<void> {
  const { store, exchange, threads, isLate } = reply;
  const write = ({ event, data }: ReplyEvent) => stream.writeSSE({ event, data: JSON.stringify(data) });
  try {
    for await (const event of replyEvents(store, exchange, threads, signal, { isLate })) await write(event);
  } catch (error) {
    await write({ event: "error", data: toProblem(error).body(exchangeJson(exchange, threads)) });
  }
}
