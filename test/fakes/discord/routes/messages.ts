import { z } from "zod";
import { callsOf, compose } from "../compose.ts";
import {
  hasFlag,
  isWritten,
  FLAG,
  MESSAGE_TYPE,
  type Channel,
  type Content,
  type Fields,
  type Message,
} from "../entities.ts";
import { messageFields } from "../message-fields.ts";
import { checkMessage, editSchema, newMessageSchema, type NewMessageBody } from "../message-rules.ts";
import { invalid, Refusal } from "../refusal.ts";
import { channelOf, messageOf, requirePermissions, route, type Call } from "../route.ts";
import { parse, snowflake } from "../validation.ts";

const TEXTLESS = ["category", "forum"];

/** The channel of the path, if the bot may write in it now. */
function writableChannel(call: Call): Channel {
  const channel = channelOf(call, "VIEW_CHANNEL");
  if (TEXTLESS.includes(channel.kind)) throw new Refusal(50008);
  const { world, app } = call;
  if (channel.thread === undefined) requirePermissions(world, app.id, channel, "SEND_MESSAGES");
  else requirePermissions(world, app.id, channel, "SEND_MESSAGES_IN_THREADS");
  if (channel.guild === undefined) checkDirect(call, channel);
  if (channel.thread?.isLocked === true && !world.may(app.id, channel, "MANAGE_THREADS")) {
    throw new Refusal(channel.thread.isArchived ? 50083 : 160005);
  }
  return channel;
}

function checkDirect({ world, app }: Call, { recipients }: Channel): void {
  const other = world.users.get(recipients.find((id) => id !== app.id) ?? "");
  if (other?.hasOpenDirect !== true) throw new Refusal(50007);
}

/** The message that is replied to; `undefined` when it is gone and that is allowed. */
function referenced(
  call: Call,
  channel: Channel,
  { message_reference: reference }: NewMessageBody,
): Message | undefined {
  if (reference == null) return undefined;
  const { world, app } = call;
  if (!world.may(app.id, channel, "READ_MESSAGE_HISTORY")) throw new Refusal(160002);
  const message = world.message(channel.id, reference.message_id);
  if (message === undefined || message.onlyFor !== undefined) {
    if (reference.fail_if_not_exists === false) return undefined;
    throw invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
  }
  if (!isWritten(message)) {
    throw invalid("message_reference", "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message");
  }
  return message;
}

function create(call: Call): Fields {
  const { world, app, actions, files, nonces } = call;
  const channel = writableChannel(call);
  const body = parse(newMessageSchema, call.body ?? {});
  const earlier = body.enforce_nonce === true && body.nonce != null ? nonces.find(body.nonce) : undefined;
  if (earlier !== undefined) return messageFields(earlier, world);
  const repliedTo = referenced(call, channel, body);
  const said = compose(body, files, world);
  const flags = body.flags ?? 0;
  checkMessage({ ...said, flags });
  if (said.attachments.length > 0) requirePermissions(world, app.id, channel, "ATTACH_FILES");
  if (said.embeds.length > 0) requirePermissions(world, app.id, channel, "EMBED_LINKS");
  const pings = callsOf(said, {
    world,
    channel,
    author: app.id,
    allowed: body.allowed_mentions,
    ...(repliedTo === undefined ? {} : { repliedTo: repliedTo.author }),
  });
  const { message } = actions.post({
    ...said,
    channel: channel.id,
    author: app.id,
    type: repliedTo === undefined ? MESSAGE_TYPE.default : MESSAGE_TYPE.reply,
    flags,
    pings,
    ...(body.nonce == null ? {} : { nonce: body.nonce }),
    ...(body.message_reference == null
      ? {}
      : { reference: { channel: channel.id, message: body.message_reference.message_id } }),
  });
  nonces.remember(message);
  return messageFields(message, world);
}

function edit(call: Call): Fields {
  const { world, app, actions, files } = call;
  const channel = channelOf(call, "VIEW_CHANNEL");
  const message = messageOf(call, channel);
  if (message.author !== app.id) throw new Refusal(50005);
  if (!isWritten(message)) throw new Refusal(50021);
  if (channel.thread?.isArchived === true) throw new Refusal(50083);
  const body = parse(editSchema, call.body ?? {});
  const said = withAllowedEmbeds(call, channel, compose(body, files, world, message));
  const flags = flagsAfter(message.flags, body.flags ?? undefined);
  checkMessage({ ...said, flags });
  if (said.attachments.length > message.attachments.length) requirePermissions(world, app.id, channel, "ATTACH_FILES");
  const pings =
    body.content === undefined
      ? message.pings
      : callsOf(said, { world, channel, author: app.id, allowed: body.allowed_mentions });
  return messageFields(actions.revise(message, { ...said, flags, pings, editedAt: world.now() }).message, world);
}

/** Unlike a new message, an edit loses embeds without a word where they are not allowed. */
function withAllowedEmbeds({ world, app, warn }: Call, channel: Channel, said: Content): Content {
  if (said.embeds.length === 0 || world.may(app.id, channel, "EMBED_LINKS")) return said;
  warn("embeds dropped: EMBED_LINKS is missing");
  return { ...said, embeds: [] };
}

/** An edit may hide embeds, or show them again; it never takes version 2 of components back. */
function flagsAfter(before: number, wanted: number | undefined): number {
  if (wanted === undefined) return before;
  if (hasFlag(before, FLAG.componentsV2) && !hasFlag(wanted, FLAG.componentsV2)) {
    throw invalid("flags", "MESSAGE_FLAGS_COMPONENTS_V2_CANNOT_BE_REMOVED", "IS_COMPONENTS_V2 cannot be removed");
  }
  return (before & ~FLAG.suppressEmbeds) | wanted;
}

function remove(call: Call): undefined {
  const { world, app, actions } = call;
  const channel = channelOf(call, "VIEW_CHANNEL");
  const message = messageOf(call, channel);
  if (message.author !== app.id) requirePermissions(world, app.id, channel, "MANAGE_MESSAGES");
  actions.remove(message);
}

const listSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  before: snowflake.optional(),
  after: snowflake.optional(),
  around: snowflake.optional(),
});

/** Newest first, as Discord lists them; without the permission to read history there is nothing to see. */
function list(call: Call): Fields[] {
  const channel = channelOf(call, "VIEW_CHANNEL");
  const { limit, before, after, around } = parse(listSchema, Object.fromEntries(call.query));
  if (!call.world.may(call.app.id, channel, "READ_MESSAGE_HISTORY")) return [];
  const all = call.world.messagesIn(channel.id).filter(({ onlyFor }) => onlyFor === undefined);
  const chosen = pick(all, { limit, before, after, around });
  return chosen.toReversed().map((message) => messageFields(message, call.world));
}

function pick(
  all: readonly Message[],
  { limit, before, after, around }: z.output<typeof listSchema>,
): readonly Message[] {
  if (before !== undefined) return all.filter(isBefore(before)).slice(-limit);
  if (after !== undefined) return all.filter(isAfter(after)).slice(0, limit);
  if (around === undefined) return all.slice(-limit);
  const half = Math.floor(limit / 2);
  const itself = all.filter(({ id }) => id === around);
  return [...all.filter(isBefore(around)).slice(-half), ...itself, ...all.filter(isAfter(around)).slice(0, half)];
}

function get(call: Call): Fields {
  const channel = channelOf(call, "VIEW_CHANNEL", "READ_MESSAGE_HISTORY");
  return messageFields(messageOf(call, channel), call.world);
}

function type(call: Call): undefined {
  const channel = writableChannel(call);
  call.world.showTyping(channel.id, call.app.id);
  call.announcer.typing(channel, call.app.id);
}

export const messageRoutes = [
  route("POST /channels/:channel/messages", create),
  route("GET /channels/:channel/messages", list),
  route("GET /channels/:channel/messages/:message", get),
  route("PATCH /channels/:channel/messages/:message", edit),
  route("DELETE /channels/:channel/messages/:message", remove, { rate: { limit: 5, windowMs: 1000 } }),
  route("POST /channels/:channel/typing", type),
];

const isBefore = (id: string) => (message: Message) => BigInt(message.id) < BigInt(id);
const isAfter = (id: string) => (message: Message) => BigInt(message.id) > BigInt(id);
