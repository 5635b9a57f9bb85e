import { Events } from "discord.js";
import { callDiscord } from "./call-discord.ts";
import type { Fields } from "./entities.ts";
import type { FakeDiscordOptions } from "./fake-discord.ts";
import type { GatewayEvent } from "./gateway.ts";
import { startClient } from "./start-client.ts";
import { startFakeDiscord } from "./start-fake-discord.ts";

const question = { type: 3, name: "question", description: "what", required: true };
const article = { type: 3, name: "article", description: "which", autocomplete: true };
const COMMANDS: Fields[] = [
  {
    name: "wiki",
    description: "asks",
    options: [{ type: 1, name: "ask", description: "asks", options: [question, article] }],
    integration_types: [0, 1],
    contexts: [0, 1],
  },
  { name: "stats", description: "figures", default_member_permissions: "32" },
  { type: 3, name: "Look it up" },
];

/** A Discord with commands, and an app that is told of interactions and responds by hand. */
export async function openInteractionDesk(options: FakeDiscordOptions = {}) {
  const discord = await startFakeDiscord(options);
  await callDiscord(discord, `PUT /applications/${discord.app.id}/commands`, COMMANDS);
  const alice = discord.addPerson("alice", { locale: "de" });
  const told = async (): Promise<GatewayEvent> => {
    await discord.until(() => heard.length > 0);
    return heard.shift()!;
  };
  const heard: GatewayEvent[] = [];
  const client = await startClient(discord);
  client.on(Events.Raw, ({ t, d }: { t: string; d: Fields }) => {
    if (t === "INTERACTION_CREATE") heard.push({ name: t, data: d });
  });
  const respond = ({ data }: GatewayEvent, body: Fields, query = "") =>
    callDiscord(discord, `POST /interactions/${String(data["id"])}/${String(data["token"])}/callback${query}`, body);
  const webhook = (method: string, { data }: GatewayEvent, path = "", body?: Fields) =>
    callDiscord(discord, `${method} /webhooks/${discord.app.id}/${String(data["token"])}${path}`, body);
  const ask = (channel = discord.general) => alice.slash(channel, "wiki ask", { question: "who?" });
  const seen = (as?: string) => discord.channel(discord.general).entries(as === undefined ? {} : { as });
  const close = async () => {
    await client.destroy();
    await discord.close();
  };
  return { discord, alice, told, respond, webhook, ask, seen, client, [Symbol.asyncDispose]: close };
}

/** A response that is a message. */
export const say = (content: string, flags = 0) => ({ type: 4, data: { content, flags } });
