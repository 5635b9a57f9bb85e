import type { Exchange } from "../../../core/exchange.ts";
import { platformOf } from "../../../core/message.ts";
import { toReplyPlace } from "../reply-place.ts";
import { toReplyState } from "../reply-progress.ts";
import type { Click } from "./click.ts";

/** Whether what was clicked can be below the exchange's reply: it is where the reply is, and before somebody who sees it. */
export function isOfConversation(exchange: Exchange, { interaction, person }: Click): boolean {
  if (platformOf(exchange.thread) !== "discord") return false;
  const place = toReplyPlace(exchange.replyTo);
  if (place.guild !== (interaction.guild_id ?? null)) return false;
  if (place.kind === "interaction" && place.isPrivate && exchange.author.id !== person) return false;
  const { messages } = toReplyState(exchange.progress, exchange.revision);
  // A thread made from the question has its id.
  const channels = [place.channel, place.kind === "message" ? place.question : "", ...messages.map((m) => m.channel)];
  return channels.includes(interaction.channel.id);
}
