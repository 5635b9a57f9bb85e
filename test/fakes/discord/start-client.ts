import { once } from "node:events";
import { Client, Events, GatewayIntentBits, type ClientEvents, type ClientOptions, type Message } from "discord.js";
import type { FakeDiscord } from "./fake-discord.ts";

const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;

/** discord.js, logged in and ready; ended with `await using`. */
export async function startClient(
  discord: FakeDiscord,
  { intents = [Guilds, GuildMessages, DirectMessages, MessageContent], ...options }: Partial<ClientOptions> = {},
): Promise<Client<true> & AsyncDisposable> {
  const client = new Client({ ...options, intents, rest: { api: discord.apiUrl, version: "10", ...options.rest } });
  client.on(Events.Error, () => undefined);
  const ready = once(client, Events.ClientReady);
  await client.login(discord.token);
  await ready;
  return Object.assign(client as Client<true>, { [Symbol.asyncDispose]: () => client.destroy() });
}

/** Listens with an async function; what it throws fails the test, as an unhandled rejection does. */
export function on<Name extends keyof ClientEvents>(
  client: Client,
  name: Name,
  listen: (...args: ClientEvents[Name]) => Promise<void>,
): void {
  client.on(name, (...args) => void listen(...args));
}

/** Contents of the messages a client hears of, in order. */
export function hearMessages(client: Client): string[] {
  const heard: string[] = [];
  client.on(Events.MessageCreate, ({ content }: Message) => void heard.push(content));
  return heard;
}
