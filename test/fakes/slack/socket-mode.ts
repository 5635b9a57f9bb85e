import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:http";
import { WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import type { EnvelopeKind, Outcome, Transport } from "./courier.ts";
import type { Fields } from "./entities.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** One open WebSocket of the app. */
export interface SocketConnection {
  readonly id: string;
  /** Slack says that it will close the connection soon; the app should open another. */
  warn(): void;
  /** Slack asks for a new connection and closes this one once the app has had time to. */
  refresh(): void;
  /** Breaks without a word, as networks do. */
  drop(): void;
  /** Hands this connection an envelope. */
  send(kind: EnvelopeKind, payload: Fields, options?: { readonly retry?: { num: number; reason: string } }): void;
}

export interface SocketMode extends Transport {
  /** Makes an address that works once. */
  openConnection(): string;
  readonly connections: readonly SocketConnection[];
  /** Ids of envelopes in the order the app acked them. */
  readonly acks: readonly string[];
  close(): Promise<void>;
}

interface Line extends SocketConnection {
  readonly socket: WebSocket;
}

const ackSchema = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });
/** How long a refreshed connection stays open for what is under way (docs, *Socket Mode*, disconnects). */
const REFRESH_GRACE_MS = 10_000;
/** Real time an app has to answer a closing handshake. */
const CLOSING_MS = 500;

/** Slack's end of Socket Mode on an HTTP server: each envelope goes to one open connection, chosen at random. */
export function openSocketMode({
  server,
  clock,
  random,
  appId,
  fault,
  onChange,
}: {
  readonly server: Server;
  readonly clock: VirtualClock;
  readonly random: () => number;
  readonly appId: string;
  fault(error: string, detail: string): void;
  /** Called after every connection, ack and disconnection. */
  onChange(): void;
}): SocketMode {
  const tickets = new Set<string>();
  const lines: Line[] = [];
  const acks: string[] = [];
  const waiting = new Map<string, (outcome: Outcome) => void>();
  const awaitingConnection: (() => void)[] = [];
  const sockets = new WebSocketServer({ noServer: true });

  server.on("upgrade", (request, socket, head) => {
    const ticket = new URL(request.url ?? "", "http://localhost").searchParams.get("ticket") ?? "";
    if (tickets.delete(ticket)) sockets.handleUpgrade(request, socket, head, (opened) => accept(opened));
    else socket.end("HTTP/1.1 401 Unauthorized\r\n\r\n");
  });

  function accept(socket: WebSocket): void {
    // Every envelope under way listens for the connection's end.
    socket.setMaxListeners(0);
    const line = createLine(socket);
    lines.push(line);
    socket.on("message", (data: Buffer) => receive(data.toString()));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      lines.splice(lines.indexOf(line), 1);
      onChange();
    });
    say(socket, { type: "hello", num_connections: lines.length, connection_info: { app_id: appId } });
    for (const proceed of awaitingConnection.splice(0)) proceed();
    onChange();
  }

  function createLine(socket: WebSocket): Line {
    return {
      id: randomUUID(),
      socket,
      warn: () => say(socket, { type: "disconnect", reason: "warning" }),
      refresh() {
        say(socket, { type: "disconnect", reason: "refresh_requested" });
        clock.after(REFRESH_GRACE_MS, () => socket.close());
      },
      drop: () => socket.terminate(),
      send: (kind, payload, options) => void sendThrough(socket, kind, payload, options?.retry),
    };
  }

  function receive(text: string): void {
    const ack = ackSchema.safeParse(JSON.parse(text));
    if (!ack.success) return fault("invalid_ack", text);
    const { envelope_id: id, payload } = ack.data;
    if (acks.includes(id)) fault("acked_twice", id);
    acks.push(id);
    waiting.get(id)?.({ isAcked: true, body: payload });
    waiting.delete(id);
    onChange();
  }

  return {
    connections: lines,
    acks,
    openConnection() {
      const ticket = randomUUID();
      tickets.add(ticket);
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      return `ws://127.0.0.1:${port}/link/?ticket=${ticket}&app_id=${appId}`;
    },
    async attempt(kind, payload, { retry, ackMs }) {
      while (lines.length === 0) await new Promise<void>((resolve) => awaitingConnection.push(resolve));
      const line = lines[Math.floor(random() * lines.length)]!;
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      const id = sendThrough(line.socket, kind, payload, retry);
      waiting.set(id, resolve);
      const lost = (): void => resolve({ isAcked: false, reason: "connection_failed" });
      line.socket.once("close", lost);
      const stopWaiting = clock.after(ackMs, () => resolve({ isAcked: false, reason: "timeout" }));
      const outcome = await promise;
      line.socket.off("close", lost);
      stopWaiting();
      waiting.delete(id);
      return outcome;
    },
    async close() {
      await Promise.all(lines.map(({ socket }) => hangUp(socket)));
      sockets.close();
    },
  };
}

function say(socket: WebSocket, message: Fields): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function sendThrough(
  socket: WebSocket,
  kind: EnvelopeKind,
  payload: Fields,
  retry?: { readonly num: number; readonly reason: string },
): string {
  const id = randomUUID();
  say(socket, {
    envelope_id: id,
    type: kind,
    accepts_response_payload: kind !== "events_api",
    payload,
    ...(kind === "events_api" ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? "" } : {}),
  });
  return id;
}

/** Says goodbye and waits for the answer, since a client that is cut off keeps its process alive for half a minute. */
async function hangUp(socket: WebSocket): Promise<void> {
  const closed = once(socket, "close");
  socket.close();
  const giveUp = setTimeout(() => socket.terminate(), CLOSING_MS);
  await closed;
  clearTimeout(giveUp);
}
