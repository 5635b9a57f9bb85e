import { GatewayDispatchEvents } from "discord.js";
import type { DiscordParts } from "./discord-parts.ts";
import type { Listen } from "./dispatches.ts";
import { createMessageTaker } from "./take-messages.ts";

/** What people write where Footnote can read it. */
export function addMessages(listen: Listen, parts: DiscordParts): void {
  const take = createMessageTaker(parts);
  listen(GatewayDispatchEvents.MessageCreate, take);
}
