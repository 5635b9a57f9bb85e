import { once } from "node:events";
import { WebSocket } from "ws";
import type { Fields } from "./entities.ts";
import type { FakeDiscord } from "./fake-discord.ts";

export interface Packet {
  readonly op: number;
  readonly t: string | null;
  readonly s: number | null;
  readonly d: Fields;
}

/** A client's end of the gateway that says nothing by itself. */
export async function connect(discord: FakeDiscord) {
  const socket = new WebSocket(`${discord.apiUrl.replace("http", "ws").replace("/api", "")}/?v=10&encoding=json`);
  const received: Packet[] = [];
  socket.on("message", (data: Buffer) => void received.push(JSON.parse(data.toString()) as Packet));
  const closed = once(socket, "close").then(([code]) => code as number);
  await once(socket, "message");
  const send = (op: number, d: unknown): void => socket.send(JSON.stringify({ op, d }));
  const identify = (rest: Fields = {}): void =>
    send(2, { token: discord.token, intents: 1, properties: {}, shard: [0, 1], ...rest });
  return { socket, received, closed, send, identify };
}

export async function packet(received: readonly Packet[], discord: FakeDiscord, isIt: (packet: Packet) => boolean) {
  await discord.until(() => received.some(isIt));
  return received.find(isIt)!;
}
