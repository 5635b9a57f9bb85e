import { WebSocket } from "ws";
import type { Fields } from "./entities.ts";
import type { GatewayEvent, GatewaySession } from "./gateway.ts";
import { OPCODE, say } from "./gateway-connection.ts";
import { INTENT, isHeard } from "./intents.ts";

/** A session with what only the gateway itself does to it. */
export interface OpenSession extends GatewaySession {
  /** Tells the client, now or when it resumes. */
  tell(event: GatewayEvent): void;
  /** Goes on over another connection, with everything after `sequence`. */
  resume(socket: WebSocket, sequence: number): void;
  /** The last number that was given to an event. */
  readonly sequence: number;
  readonly socket: WebSocket | undefined;
  readonly isFrozen: boolean;
  lostConnection(socket: WebSocket): void;
}

export interface NewSession {
  readonly id: string;
  readonly shard: readonly [id: number, count: number];
  readonly intents: number;
  readonly socket: WebSocket;
  /** Ends the session. */
  forget(): void;
}

export function createSession({ id, shard, intents, socket: first, forget }: NewSession): OpenSession {
  const told: Fields[] = [];
  let socket: WebSocket | undefined = first;
  let isFrozen = false;

  function dispatch(packet: Fields): void {
    if (socket !== undefined && !isFrozen) say(socket, OPCODE.dispatch, packet["d"], packet);
  }

  return {
    id,
    shard,
    intents,
    forget,
    get sequence() {
      return told.length;
    },
    get socket() {
      return socket;
    },
    get isConnected() {
      return socket?.readyState === WebSocket.OPEN;
    },
    get isFrozen() {
      return isFrozen;
    },
    tell(event) {
      if (!isHeard(event, intents)) return;
      const packet = { t: event.name, s: told.length + 1, d: dataFor(event, intents) };
      told.push(packet);
      dispatch(packet);
    },
    resume(other, sequence) {
      socket?.terminate();
      socket = other;
      isFrozen = false;
      for (const packet of told.slice(sequence)) dispatch(packet);
      const resumed = { t: "RESUMED", s: told.length + 1, d: { _trace: ["fake"] } };
      told.push(resumed);
      dispatch(resumed);
    },
    lostConnection(lost) {
      if (socket === lost) socket = undefined;
    },
    drop: () => socket?.terminate(),
    close: (code) => socket?.close(code),
    reconnect() {
      if (socket !== undefined) say(socket, OPCODE.reconnect, null);
    },
    invalidate(isResumable = false) {
      if (!isResumable) forget();
      if (socket !== undefined) say(socket, OPCODE.invalidSession, isResumable);
    },
    freeze() {
      isFrozen = true;
    },
  };
}

/** Without the intent for it an event comes without what people wrote (docs, *Message Content intent*). */
function dataFor({ data, needsContentIntent = false }: GatewayEvent, intents: number): Fields {
  if (!needsContentIntent || (intents & INTENT.MESSAGE_CONTENT) !== 0) return data;
  return { ...data, content: "", embeds: [], attachments: [], components: [] };
}
