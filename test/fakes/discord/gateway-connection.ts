import { once } from "node:events";
import { WebSocket } from "ws";
import type { Fields } from "./entities.ts";

/** Docs, *Gateway opcodes*. */
export const OPCODE = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voice: 4,
  resume: 6,
  reconnect: 7,
  requestMembers: 8,
  invalidSession: 9,
  hello: 10,
  ack: 11,
} as const;

/** Real time an app has to answer a closing handshake. */
const CLOSING_MS = 500;

export function say(socket: WebSocket, op: number, d: unknown, rest: Fields = {}): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ op, d, s: null, t: null, ...rest }));
}

/** Says goodbye and waits for the answer, but not for ever. */
export async function hangUp(socket: WebSocket): Promise<void> {
  const closed = once(socket, "close");
  socket.close(1001);
  const giveUp = setTimeout(() => socket.terminate(), CLOSING_MS);
  await closed;
  clearTimeout(giveUp);
}
