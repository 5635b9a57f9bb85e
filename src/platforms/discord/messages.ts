import { GatewayDispatchEvents, SnowflakeUtil } from "discord.js";
import { inOrder } from "../in-order.ts";
import { untilAnswered } from "../until-answered.ts";
import type { DiscordParts } from "./discord-parts.ts";
import type { Listen } from "./dispatches.ts";
import { takeEdit } from "./edits.ts";
import { followGuildLocales } from "./guild-locales.ts";
import { underRules } from "./guild-rules.ts";
import type { AllGuildSettings } from "./guild-settings.ts";
import { readMessage } from "./inbound.ts";
import { createManagers } from "./managers.ts";
import { createNotes } from "./notes.ts";
import { takeMessage, type TakeMessageParts } from "./take-message.ts";
import { createThreadParents } from "./thread-parents.ts";

/** Longer than a session can be resumed: a message that is older is told by no other process any more. */
const LATE_EVENT_MS = 15 * 60_000;

/**
 * What people write where Footnote can read it, in the order of its channel: a follow-up finds the conversation its first question
 * has begun, an edit its question. Discord tells nothing again, so a store that is away is waited for.
 */
export function addMessages(listen: Listen, parts: DiscordParts, settings: AllGuildSettings): void {
  const { store, inbox, identity, stopping } = parts;
  const taking: TakeMessageParts = { ...parts, isManager: createManagers(parts), tell: createNotes(parts) };
  const rules = { settings, parentOf: createThreadParents(parts), tell: taking.tell };
  const localeOf = followGuildLocales(listen);
  const channels = inOrder();
  const inChannel = (channel: string, step: () => Promise<void>): Promise<void> =>
    channels(channel, () => untilAnswered(step, stopping));

  listen(GatewayDispatchEvents.MessageCreate, (event) =>
    inChannel(event.channel_id, async () => {
      const heard = readMessage(event, await identity, localeOf(event.guild_id));
      const ruled = heard && (await underRules(heard, event, rules));
      if (ruled !== undefined) await takeMessage(ruled, taking);
    }),
  );

  listen(GatewayDispatchEvents.MessageUpdate, (event) =>
    inChannel(event.channel_id, async () => {
      // A link's preview was added: nobody has changed a word.
      if (event.edited_timestamp === null) return;
      const heard = readMessage(event, await identity, localeOf(event.guild_id));
      const ruled = heard && (await underRules(heard, event, rules));
      if (ruled !== undefined) await takeEdit(ruled, Date.parse(event.edited_timestamp), taking);
    }),
  );

  /** The answer to a question that was taken back disappears, however old; one that another process hears of late is not asked. */
  async function takeDeletion(id: string): Promise<void> {
    if (Date.now() - SnowflakeUtil.timestampFrom(id) < LATE_EVENT_MS) await store.forgetMessage("discord", id);
    const exchange = await store.exchangeOf("discord", id);
    if (exchange !== undefined) await inbox.revise(exchange.id, { isWithdrawn: true });
  }

  listen(GatewayDispatchEvents.MessageDelete, ({ id, channel_id: channel }) =>
    inChannel(channel, () => takeDeletion(id)),
  );

  listen(GatewayDispatchEvents.MessageDeleteBulk, ({ ids, channel_id: channel }) =>
    inChannel(channel, async () => {
      for (const id of ids) await takeDeletion(id);
    }),
  );
}
