import { callDiscord, fieldErrors } from "./call-discord.ts";
import type { Fields } from "./entities.ts";
import type { FakeDiscordOptions } from "./fake-discord.ts";
import { startFakeDiscord } from "./start-fake-discord.ts";

export const ROUTE = "POST /channels/:channel/messages";

/** A Discord without hurry, and a request that writes into its first channel. */
export async function openMessageDesk(options: FakeDiscordOptions = {}) {
  const discord = await startFakeDiscord({ rates: { [ROUTE]: { limit: 1000, windowMs: 1000 } }, ...options });
  const post = (body: Fields, channel = discord.general) =>
    callDiscord(discord, `POST /channels/${channel}/messages`, body);
  const codes = async (body: Fields) => fieldErrors((await post(body)).body);
  return { discord, post, codes, general: discord.general, [Symbol.asyncDispose]: () => discord.close() };
}
