import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { WebSocketServer, type WebSocket } from "ws";
import { z } from "zod";
import type { VirtualClock } from "../slack/virtual-clock.ts";
import type { Fields } from "./entities.ts";
import { hangUp, OPCODE, say } from "./gateway-connection.ts";
import { createSession, type OpenSession } from "./gateway-session.ts";
import { areKnown } from "./intents.ts";
import { createSessionStarts, type SessionStarts } from "./session-starts.ts";

/** Something the app may hear of, as it is before a session's intents are looked at. */
export interface GatewayEvent {
  /** `MESSAGE_CREATE` and the like. */
  readonly name: string;
  readonly data: Fields;
  /** Absent in direct messages. */
  readonly guild?: string;
  /** Whether its text is for those only who have the intent for it. */
  readonly needsContentIntent?: boolean;
}

/** One session of the app: it outlives its connection for as long as Discord waits for a RESUME. */
export interface GatewaySession {
  readonly id: string;
  readonly shard: readonly [id: number, count: number];
  readonly intents: number;
  readonly isConnected: boolean;
  /** Breaks the connection without a word, as networks do. */
  drop(): void;
  /** Closes the connection with a code of Discord's: 4000, 4009. */
  close(code: number): void;
  /** Asks the client to connect again and resume (opcode 7). */
  reconnect(): void;
  /** Declares the session invalid (opcode 9), as it is then unless it may be resumed. */
  invalidate(isResumable?: boolean): void;
  /** Makes a zombie of the connection: no more acks, no more events until the client connects again. */
  freeze(): void;
  /** Loses the session: a RESUME is answered with opcode 9. */
  forget(): void;
}

export interface Gateway {
  /** In the order they were opened; one that has ended is gone. */
  readonly sessions: readonly GatewaySession[];
  /** How often clients have identified, and resumed. */
  readonly identifies: number;
  readonly resumes: number;
}

export interface OpenGateway extends Gateway {
  readonly starts: SessionStarts;
  /** Tells every session whose shard and intents the event falls under. */
  tell(event: GatewayEvent): void;
  /** Closes all connections with this code, and ends their sessions. */
  closeAll(code: number): void;
  close(): Promise<void>;
}

export interface GatewayOptions {
  readonly server: Server;
  readonly clock: VirtualClock;
  readonly heartbeatMs: number;
  readonly sessionStarts: number;
  readonly maxConcurrency: number;
  readonly identifyEveryMs: number;
  /** Intents that may not be asked for. */
  readonly disallowedIntents: number;
  isTokenValid(token: string): boolean;
  /** What a new session is told first; the guilds among it are those of its shard. */
  readyFields(hasShard: (guild: string) => boolean): {
    readonly ready: Fields;
    readonly events: readonly GatewayEvent[];
  };
  fault(code: number, detail: string): void;
  /** Called after every connection, message and disconnection. */
  onChange(): void;
}

const shardSchema = z.tuple([z.int().min(0), z.int().min(1)]);
const packetSchema = z.discriminatedUnion("op", [
  z.object({ op: z.literal(OPCODE.heartbeat), d: z.int().nullable() }),
  z.object({
    op: z.literal(OPCODE.identify),
    d: z.object({ token: z.string(), intents: z.int(), properties: z.looseObject({}), shard: shardSchema.optional() }),
  }),
  z.object({
    op: z.literal(OPCODE.resume),
    d: z.object({ token: z.string(), session_id: z.string(), seq: z.int() }),
  }),
  z.object({ op: z.literal(OPCODE.presence), d: z.looseObject({}) }),
  z.object({ op: z.literal(OPCODE.voice), d: z.looseObject({}) }),
  z.object({ op: z.literal(OPCODE.requestMembers), d: z.looseObject({}) }),
]);
type Packet = z.output<typeof packetSchema>;
type Identify = Extract<Packet, { readonly op: typeof OPCODE.identify }>["d"];
type Resume = Extract<Packet, { readonly op: typeof OPCODE.resume }>["d"];

/** Messages a client may send in a minute (docs, *Gateway rate limiting*). */
const SENDS = { limit: 120, windowMs: 60_000 };

/** How long a session waits for a RESUME, in virtual milliseconds; the fake's own, since Discord tells no figure. */
const SESSION_LIFE_MS = 300_000;

/** Of one such message (docs, *Sending Events*). */
const MAX_BYTES = 4096;

/** Discord's end of the gateway on an HTTP server. */
export function openGateway(options: GatewayOptions): OpenGateway {
  const { server, clock, heartbeatMs, disallowedIntents, isTokenValid, readyFields, fault, onChange } = options;
  const sessions: OpenSession[] = [];
  const starts = createSessionStarts(clock, options);
  const sockets = new WebSocketServer({ noServer: true });
  let resumes = 0;

  server.on("upgrade", (request, socket, head) => {
    const version = new URL(request.url ?? "", "http://localhost").searchParams.get("v");
    sockets.handleUpgrade(request, socket, head, (opened) =>
      version === "10" ? accept(opened) : refuse(opened, 4012, `version ${version}`),
    );
  });

  function accept(socket: WebSocket): void {
    const sends: number[] = [];
    socket.on("message", (data: Buffer) => {
      sends.push(clock.now());
      const recent = sends.filter((at) => at > clock.now() - SENDS.windowMs);
      if (data.length > MAX_BYTES) refuse(socket, 4002, `${data.length} bytes`);
      else if (recent.length > SENDS.limit) refuse(socket, 4008, `${recent.length} messages in a minute`);
      else receive(socket, data.toString());
      onChange();
    });
    socket.on("error", () => socket.terminate());
    socket.on("close", (code) => {
      const session = sessionOf(socket);
      session?.lostConnection(socket);
      // A client that says goodbye gives its session up (docs, *Disconnecting*).
      if (code === 1000 || code === 1001) session?.forget();
      clock.after(SESSION_LIFE_MS, () => {
        if (session?.socket === undefined) session?.forget();
      });
      onChange();
    });
    say(socket, OPCODE.hello, { heartbeat_interval: heartbeatMs, _trace: ["fake"] });
    onChange();
  }

  function sessionOf(socket: WebSocket): OpenSession | undefined {
    return sessions.find((session) => session.socket === socket);
  }

  function refuse(socket: WebSocket, code: number, detail: string): void {
    fault(code, detail);
    socket.close(code);
  }

  function receive(socket: WebSocket, text: string): void {
    const packet = packetSchema.safeParse(JSON.parse(text));
    if (!packet.success) return refuse(socket, 4002, text);
    const { op, d } = packet.data;
    if (op === OPCODE.heartbeat) return beat(socket);
    if (op === OPCODE.identify) return identify(socket, d);
    if (op === OPCODE.resume) return resume(socket, d);
    if (sessionOf(socket) === undefined) refuse(socket, 4003, text);
  }

  function beat(socket: WebSocket): void {
    if (sessionOf(socket)?.isFrozen !== true) say(socket, OPCODE.ack, null);
  }

  function identify(socket: WebSocket, { token, intents, shard = [0, 1] }: Identify): void {
    if (sessionOf(socket) !== undefined) return refuse(socket, 4005, "identified twice");
    if (!isTokenValid(token)) return refuse(socket, 4004, "authentication failed");
    if (shard[0] >= shard[1]) return refuse(socket, 4010, `shard ${shard.join(" of ")}`);
    if (!areKnown(intents)) return refuse(socket, 4013, `intents ${intents}`);
    if ((intents & disallowedIntents) !== 0) return refuse(socket, 4014, `intents ${intents & disallowedIntents}`);
    const start = starts.take(shard[0]);
    if (start === "none left") return refuse(socket, 4004, "no session starts left: the token is reset");
    if (start === "too soon") {
      fault(9, "identified too soon after another");
      return say(socket, OPCODE.invalidSession, false);
    }
    open(socket, intents, shard);
  }

  function open(socket: WebSocket, intents: number, shard: readonly [number, number]): void {
    const id = randomUUID().replaceAll("-", "");
    const forget = (): void => {
      const index = sessions.findIndex((known) => known.id === id);
      if (index >= 0) sessions.splice(index, 1);
    };
    const session = createSession({ id, shard, intents, socket, forget });
    sessions.push(session);
    const { ready, events } = readyFields((guild) => shardOf(guild, shard[1]) === shard[0]);
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const rest = { v: 10, session_id: id, resume_gateway_url: `ws://127.0.0.1:${port}`, shard };
    session.tell({ name: "READY", data: { ...ready, ...rest } });
    for (const event of events) session.tell(event);
  }

  function resume(socket: WebSocket, { token, session_id: id, seq }: Resume): void {
    if (!isTokenValid(token)) return refuse(socket, 4004, "authentication failed");
    const session = sessions.find((known) => known.id === id);
    if (session === undefined) return say(socket, OPCODE.invalidSession, false);
    if (seq > session.sequence) return refuse(socket, 4007, `sequence ${seq}`);
    resumes += 1;
    session.resume(socket, seq);
  }

  return {
    sessions,
    starts,
    get identifies() {
      return starts.taken;
    },
    get resumes() {
      return resumes;
    },
    tell(event) {
      for (const session of sessions) {
        const [id, count] = session.shard;
        if (shardOf(event.guild, count) === id) session.tell(event);
      }
      onChange();
    },
    closeAll(code) {
      for (const session of sessions.splice(0)) session.socket?.close(code);
    },
    async close() {
      await Promise.all([...sockets.clients].map(hangUp));
      sockets.close();
    },
  };
}

/** The shard that hears of a guild; the first one hears of direct messages (docs, *Sharding*). */
function shardOf(guild: string | undefined, count: number): number {
  return guild === undefined ? 0 : Number((BigInt(guild) >> 22n) % BigInt(count));
}
