import { checkBlocks, MARKDOWN } from "../block-limits.ts";
import type { Block, Content } from "../entities.ts";
import { kind, messageFields, method, TIER, type Call } from "../method.ts";
import { Refusal } from "../refusal.ts";
import { ownMessage, threadAt, writableChannel } from "./access.ts";

/** Slack cuts longer texts (docs, *chat.postMessage*, truncating). */
const TEXT = 40_000;
/** Beyond this an update is refused, not cut (vercel/chat#901). */
const UPDATED_TEXT = 4000;
/** Posts a minute over all channels of a workspace: "several hundred" (docs, *Rate limits*). */
const POSTS_PER_MINUTE = 300;

const content = {
  text: kind.text.optional(),
  blocks: kind.blocks.optional(),
  markdown_text: kind.text.optional(),
  attachments: kind.attachments.optional(),
};

const display = {
  as_user: kind.flag.optional(),
  icon_emoji: kind.text.optional(),
  icon_url: kind.text.optional(),
  username: kind.text.optional(),
  link_names: kind.flag.optional(),
  mrkdwn: kind.flag.optional(),
  parse: kind.text.optional(),
};

interface GivenContent {
  readonly text?: string | undefined;
  readonly blocks?: readonly Block[] | undefined;
  readonly markdown_text?: string | undefined;
}

/** What a message with these arguments says. @throws {Refusal} */
export function contentOf(given: GivenContent, { warn, files, self }: Pick<Call, "warn" | "files" | "self">): Content {
  if (given.markdown_text !== undefined) return markdownContent(given.markdown_text, given);
  if (given.blocks !== undefined) {
    checkBlocks(given.blocks);
    files.checkImages(given.blocks, self);
  }
  if ((given.text ?? "") === "" && (given.blocks ?? []).length === 0) throw new Refusal("no_text");
  const text = given.text ?? "";
  if (text.length > TEXT) warn("message_truncated");
  return { text: text.slice(0, TEXT), blocks: given.blocks ?? [] };
}

function markdownContent(markdown: string, { text, blocks }: GivenContent): Content {
  if (text !== undefined || blocks !== undefined)
    throw new Refusal("markdown_text_conflict", "markdown_text excludes text and blocks");
  if (markdown === "") throw new Refusal("no_text");
  if (markdown.length > MARKDOWN) throw new Refusal("msg_too_long", `markdown_text has ${markdown.length} characters`);
  return { text: markdown, blocks: [{ type: "markdown", text: markdown }] };
}

export const chatMethods = {
  "chat.postMessage": method({
    perMinute: POSTS_PER_MINUTE,
    scopes: ["chat:write"],
    args: {
      ...content,
      ...display,
      channel: kind.text,
      thread_ts: kind.text.optional(),
      reply_broadcast: kind.flag.optional(),
      metadata: kind.metadata.optional(),
      unfurl_links: kind.flag.optional(),
      unfurl_media: kind.flag.optional(),
      client_msg_id: kind.text.optional(),
    },
    run(args, call) {
      const channel = writableChannel(args.channel, call);
      const message = call.world.post({
        channel: channel.id,
        user: call.self,
        ...contentOf(args, call),
        ...(args.thread_ts === undefined ? {} : { threadTs: threadAt(channel, args.thread_ts, call) }),
        ...(args.metadata === undefined ? {} : { metadata: args.metadata }),
      });
      call.announcer.posted(message);
      return {
        channel: channel.id,
        ts: message.ts,
        message: messageFields(message, { world: call.world, includeMetadata: true }),
      };
    },
  }),

  "chat.postEphemeral": method({
    perMinute: TIER.four,
    scopes: ["chat:write"],
    args: { ...content, ...display, channel: kind.text, user: kind.text, thread_ts: kind.text.optional() },
    run(args, call) {
      const channel = writableChannel(args.channel, call);
      if (!call.world.users.has(args.user)) throw new Refusal("user_not_found", args.user);
      if (!channel.members.has(args.user)) throw new Refusal("user_not_in_channel", args.user);
      const message = call.world.post({
        channel: channel.id,
        user: call.self,
        onlyFor: args.user,
        ...contentOf(args, call),
        ...(args.thread_ts === undefined ? {} : { threadTs: threadAt(channel, args.thread_ts, call) }),
      });
      return { message_ts: message.ts };
    },
  }),

  "chat.update": method({
    perMinute: TIER.three,
    scopes: ["chat:write"],
    args: {
      ...content,
      as_user: kind.flag.optional(),
      link_names: kind.flag.optional(),
      parse: kind.text.optional(),
      channel: kind.text,
      ts: kind.text,
      metadata: kind.metadata.optional(),
      reply_broadcast: kind.flag.optional(),
      file_ids: kind.texts.optional(),
    },
    run(args, call) {
      const channel = writableChannel(args.channel, call);
      const before = ownMessage(channel, args.ts, "cant_update_message", call);
      if (before.stream?.isOpen === true) throw new Refusal("streaming_state_conflict", args.ts);
      if ((args.text ?? "").length > UPDATED_TEXT)
        throw new Refusal("msg_too_long", `text has ${args.text?.length} characters`);
      // Blocks stay when neither blocks nor text are given, as when only the metadata changes.
      const isMetadataOnly = args.metadata !== undefined && args.text === undefined && args.blocks === undefined;
      const said = isMetadataOnly && args.markdown_text === undefined ? before : contentOf(args, call);
      const message = call.world.revise(
        before,
        {
          text: said.text,
          blocks: said.blocks,
          ...(args.metadata === undefined ? {} : { metadata: args.metadata }),
          // "(edited)" is shown for a text alone (docs, *chat.update*).
          ...(said.blocks.length === 0 ? { edited: { user: call.self, ts: call.world.nextTs() } } : {}),
        },
        "edited",
      );
      call.announcer.changed(message, before);
      return {
        channel: channel.id,
        ts: message.ts,
        text: message.text,
        message: messageFields(message, { world: call.world, includeMetadata: true }),
      };
    },
  }),

  "chat.delete": method({
    perMinute: TIER.three,
    scopes: ["chat:write"],
    args: { channel: kind.text, ts: kind.text, as_user: kind.flag.optional() },
    run(args, call) {
      const channel = writableChannel(args.channel, call);
      const message = ownMessage(channel, args.ts, "cant_delete_message", call);
      if (message.stream?.isOpen === true) throw new Refusal("cant_delete_message", `${args.ts} is streaming`);
      call.world.remove(message);
      call.announcer.deleted(message);
      return { channel: channel.id, ts: message.ts };
    },
  }),

  "chat.getPermalink": method({
    perMinute: TIER.special,
    args: { channel: kind.text, message_ts: kind.text },
    run(args, { world, token }) {
      if (world.message(args.channel, args.message_ts) === undefined) throw new Refusal("message_not_found");
      const team = world.teams.get(token.team)?.name.toLowerCase();
      return {
        channel: args.channel,
        permalink: `https://${team}.slack.com/archives/${args.channel}/p${args.message_ts.replace(".", "")}`,
      };
    },
  }),
};
