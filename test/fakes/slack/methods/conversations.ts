import type { Channel, Fields, Message } from "../entities.ts";
import { kind, messageFields, method, TIER, type Call } from "../method.ts";
import { Refusal } from "../refusal.ts";
import { directMessages, requireScope, threadAt, visibleChannel } from "./access.ts";

/** Most messages a page holds (docs, *conversations.history*). */
const PAGE = 1000;

const page = {
  channel: kind.text,
  cursor: kind.text.optional(),
  limit: kind.count.optional(),
  oldest: kind.text.optional(),
  latest: kind.text.optional(),
  inclusive: kind.flag.optional(),
  include_all_metadata: kind.flag.optional(),
};

interface Page {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly oldest?: string | undefined;
  readonly latest?: string | undefined;
  readonly inclusive?: boolean | undefined;
  readonly include_all_metadata?: boolean | undefined;
}

function readableChannel(id: string, call: Call): Channel {
  const channel = visibleChannel(id, call);
  requireScope(channel, "history", call);
  if (!channel.members.has(call.self)) throw new Refusal("not_in_channel", id);
  return channel;
}

function isWithin({ oldest, latest, inclusive = false }: Page): (message: Message) => boolean {
  return ({ ts }) =>
    (oldest === undefined || ts > oldest || (inclusive && ts === oldest)) &&
    (latest === undefined || ts < latest || (inclusive && ts === latest));
}

function pageOf(messages: readonly Message[], args: Page, defaultLimit: number, call: Call): Fields {
  const limit = args.limit ?? defaultLimit;
  if (limit > PAGE || limit === 0) throw new Refusal("invalid_limit", String(limit));
  const start = args.cursor === undefined || args.cursor === "" ? 0 : Number(atob(args.cursor));
  if (!Number.isInteger(start)) throw new Refusal("invalid_cursor", args.cursor);
  const end = start + limit;
  const includeMetadata = args.include_all_metadata ?? false;
  return {
    messages: messages
      .slice(start, end)
      .map((message) => messageFields(message, { world: call.world, includeMetadata })),
    has_more: end < messages.length,
    ...(end < messages.length ? { response_metadata: { next_cursor: btoa(String(end)) } } : {}),
  };
}

function channelFields(channel: Channel, { self }: Call): Fields {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === "public",
    is_group: channel.kind === "private",
    is_im: channel.kind === "im",
    is_mpim: channel.kind === "mpim",
    is_private: channel.kind !== "public",
    is_archived: channel.isArchived,
    is_member: channel.members.has(self),
    is_shared: channel.sharedWith.length > 0,
    is_ext_shared: channel.sharedWith.length > 0,
    context_team_id: channel.team,
    shared_team_ids: [channel.team, ...channel.sharedWith],
    ...(channel.kind === "im" ? { user: [...channel.members].find((member) => member !== self) } : {}),
  };
}

export const conversationMethods = {
  "conversations.replies": method({
    perMinute: TIER.three,
    args: { ...page, ts: kind.text },
    run(args, call) {
      const channel = readableChannel(args.channel, call);
      const thread = threadAt(channel, args.ts, call);
      const isWanted = isWithin(args);
      const messages = call.world
        .thread(channel.id, thread)
        .filter((message) => message.onlyFor === undefined && (message.ts === thread || isWanted(message)));
      return pageOf(messages, args, PAGE, call);
    },
  }),

  "conversations.history": method({
    perMinute: TIER.three,
    args: page,
    run(args, call) {
      const channel = readableChannel(args.channel, call);
      const isWanted = isWithin(args);
      const messages = call.world
        .messagesIn(channel.id)
        .filter((message) => message.onlyFor === undefined && message.threadTs === undefined && isWanted(message));
      return pageOf(messages.toReversed(), args, 100, call);
    },
  }),

  "conversations.info": method({
    perMinute: TIER.three,
    args: { channel: kind.text, include_locale: kind.flag.optional(), include_num_members: kind.flag.optional() },
    run(args, call) {
      const channel = visibleChannel(args.channel, call);
      requireScope(channel, "read", call);
      return { channel: channelFields(channel, call) };
    },
  }),

  "conversations.open": method({
    perMinute: TIER.three,
    scopes: ["im:write"],
    args: { users: kind.text, return_im: kind.flag.optional(), prevent_creation: kind.flag.optional() },
    run(args, call) {
      return { channel: { id: directMessages(args.users, call).id } };
    },
  }),
};
