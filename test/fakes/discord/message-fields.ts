import { FLAG, MESSAGE_TYPE, hasFlag, type Attachment, type Fields, type Message } from "./entities.ts";
import { channelFields, dateOf, userFields } from "./fields.ts";
import { timeOf, type World } from "./world.ts";

/** A message as the API and the gateway write it. */
export function messageFields(message: Message, world: World): Fields {
  const { id, channel, type, content, flags, pings, editedAt, isPinned, nonce, reference, interaction } = message;
  const idsOf = (sign: string): string[] =>
    pings.filter((ping) => ping.startsWith(sign)).map((ping) => ping.slice(sign.length, -1));
  const users = [...new Set(idsOf("<@").filter((user) => world.users.has(user)))];
  return {
    id,
    channel_id: channel,
    author: authorFields(message, world),
    ...(message.webhookName === undefined ? {} : { webhook_id: message.author }),
    type,
    content,
    timestamp: dateOf(timeOf(id)),
    edited_timestamp: editedAt === undefined ? null : dateOf(editedAt),
    tts: false,
    mention_everyone: pings.includes("@everyone") || pings.includes("@here"),
    mentions: users.map((user) => userFields(world.users.get(user)!)),
    mention_roles: idsOf("<@&"),
    attachments: message.attachments.map((attachment) => attachmentFields(attachment, channel)),
    embeds: message.embeds.map((embed) => ({ type: "rich", ...embed })),
    components: message.components,
    pinned: isPinned,
    flags,
    ...(nonce === undefined ? {} : { nonce }),
    ...(reference === undefined ? {} : referenceFields(message, world)),
    ...(interaction === undefined ? {} : interactionFields(interaction, world)),
    ...(hasFlag(flags, FLAG.hasThread) ? { thread: channelFields(world.channels.get(id)!, world) } : {}),
  };
}

function authorFields({ author, webhookName }: Message, world: World): Fields {
  if (webhookName === undefined) return userFields(world.users.get(author)!);
  return { id: author, username: webhookName, global_name: null, discriminator: "0000", avatar: null, bot: true };
}

function referenceFields({ reference, type, channel }: Message, world: World): Fields {
  const { channel: at, message } = reference!;
  const guild = world.channels.get(channel)?.guild;
  const home = guild === undefined ? {} : { guild_id: guild };
  const link = { message_reference: { type: 0, channel_id: at, message_id: message, ...home } };
  const isShown = [MESSAGE_TYPE.reply, MESSAGE_TYPE.threadStarter, MESSAGE_TYPE.menu].some((one) => one === type);
  if (!isShown) return link;
  const original = world.message(at, message);
  if (original === undefined) return { ...link, referenced_message: null };
  const { reference: _, ...itself } = original;
  return { ...link, referenced_message: messageFields(itself, world) };
}

function interactionFields({ id, type, user, name }: NonNullable<Message["interaction"]>, world: World): Fields {
  const author = userFields(world.users.get(user)!);
  return {
    interaction_metadata: { id, type, user: author, authorizing_integration_owners: {} },
    ...(name === undefined ? {} : { interaction: { id, type, name, user: author } }),
  };
}

function attachmentFields({ id, name, size, contentType, description }: Attachment, channel: string): Fields {
  const url = `https://cdn.discord.invalid/attachments/${channel}/${id}/${encodeURIComponent(name)}`;
  return {
    id,
    filename: name,
    size,
    url,
    proxy_url: url,
    content_type: contentType,
    ...(description === undefined ? {} : { description }),
  };
}
