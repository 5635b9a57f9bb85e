import { checkBlocks, checkTotal, MARKDOWN } from "../block-limits.ts";
import type { Block, Fields, Message } from "../entities.ts";
import { kind, messageFields, method, TIER, type Call } from "../method.ts";
import { Refusal } from "../refusal.ts";
import { ownMessage, threadAt, writableChannel } from "./access.ts";

interface Piece {
  readonly markdown_text?: string | undefined;
  readonly chunks?: readonly Fields[] | undefined;
}

const piece = { markdown_text: kind.text.optional(), chunks: kind.chunks.optional() };

const CHUNKS = ["markdown_text", "task_update", "plan_update", "blocks"];

/** The pieces of a stream. A stream stays in the mode it began in. @throws {Refusal} */
function appended(message: Message | undefined, { markdown_text: markdown, chunks = [] }: Piece): Partial<Message> {
  if (markdown !== undefined && chunks.length > 0) throw new Refusal("cannot_provide_both_markdown_text_and_chunks");
  if (markdown !== undefined && markdown.length > MARKDOWN)
    throw new Refusal("msg_too_long", `markdown_text has ${markdown.length} characters`);
  const mode = markdown === undefined ? (chunks.length > 0 ? "chunks" : message?.stream?.mode) : "markdown";
  if (message?.stream?.mode !== undefined && mode !== message.stream.mode) throw new Refusal("streaming_mode_mismatch");
  let blocks = message?.blocks ?? [];
  for (const chunk of markdown === undefined ? chunks : [{ type: "markdown_text", text: markdown }]) {
    blocks = withChunk(blocks, chunk);
  }
  checkTotal(blocks);
  const text = blocks.map((block) => (block.type === "markdown" ? String(block["text"]) : "")).join("");
  return { blocks, text, stream: { isOpen: true, ...(mode === undefined ? {} : { mode }) } };
}

function withChunk(blocks: readonly Block[], chunk: Fields): Block[] {
  if (!CHUNKS.includes(String(chunk["type"])))
    throw new Refusal("invalid_chunks", `unknown type ${String(chunk["type"])}`);
  if (chunk["type"] === "blocks") {
    const added = chunk["blocks"] as Block[];
    checkBlocks(added);
    return [...blocks, ...added];
  }
  // Tasks and plans are shown beside the text and leave it alone.
  if (chunk["type"] !== "markdown_text") return [...blocks];
  const text = chunk["text"];
  if (typeof text !== "string" || text === "") throw new Refusal("invalid_chunks", "markdown_text without text");
  if (text.length > MARKDOWN) throw new Refusal("msg_too_long", `a chunk has ${text.length} characters`);
  const last = blocks.at(-1);
  if (last?.type !== "markdown") return [...blocks, { type: "markdown", text }];
  return [...blocks.slice(0, -1), { type: "markdown", text: String(last["text"]) + text }];
}

function openStream(channelId: string, ts: string, call: Call): Message {
  const channel = writableChannel(channelId, call);
  const message = ownMessage(channel, ts, "message_not_owned_by_app", call);
  if (message.stream?.isOpen !== true) throw new Refusal("message_not_in_streaming_state", ts);
  return message;
}

export const streamMethods = {
  "chat.startStream": method({
    perMinute: TIER.two,
    scopes: ["chat:write"],
    args: {
      ...piece,
      channel: kind.text,
      thread_ts: kind.text,
      recipient_team_id: kind.text.optional(),
      recipient_user_id: kind.text.optional(),
      task_display_mode: kind.text.optional(),
      icon_emoji: kind.text.optional(),
      icon_url: kind.text.optional(),
      username: kind.text.optional(),
    },
    run(args, call) {
      const channel = writableChannel(args.channel, call);
      if (channel.kind !== "im") checkRecipient(args, call);
      const message = call.world.post({
        channel: channel.id,
        user: call.self,
        text: "",
        blocks: [],
        ...appended(undefined, args),
        threadTs: threadAt(channel, args.thread_ts, call),
      });
      call.announcer.posted(message);
      call.clock.after(call.streamLifeMs, () => closeStream(message, call));
      return { channel: channel.id, ts: message.ts };
    },
  }),

  "chat.appendStream": method({
    perMinute: TIER.four,
    scopes: ["chat:write"],
    args: { ...piece, channel: kind.text, ts: kind.text },
    run(args, call) {
      const message = openStream(args.channel, args.ts, call);
      if (args.markdown_text === undefined && (args.chunks ?? []).length === 0) throw new Refusal("no_text");
      call.world.revise(message, appended(message, args), "appended");
      return { channel: message.channel, ts: message.ts };
    },
  }),

  "chat.stopStream": method({
    perMinute: TIER.two,
    scopes: ["chat:write"],
    args: {
      ...piece,
      channel: kind.text,
      ts: kind.text,
      blocks: kind.blocks.optional(),
      metadata: kind.metadata.optional(),
      session_status: kind.text.optional(),
    },
    run(args, call) {
      const before = openStream(args.channel, args.ts, call);
      const last = appended(before, args);
      const added = args.blocks ?? [];
      checkBlocks(added);
      const blocks = [...(last.blocks ?? []), ...added];
      checkTotal(blocks);
      const message = call.world.revise(
        before,
        {
          ...last,
          blocks,
          stream: { ...last.stream, isOpen: false },
          ...(args.metadata === undefined ? {} : { metadata: args.metadata }),
        },
        "stopped",
      );
      call.announcer.changed(message, before);
      return {
        channel: message.channel,
        ts: message.ts,
        message: messageFields(message, { world: call.world, includeMetadata: true }),
      };
    },
  }),
};

function checkRecipient(
  args: { readonly recipient_team_id?: string | undefined; readonly recipient_user_id?: string | undefined },
  { world }: Call,
): void {
  if (args.recipient_team_id === undefined) throw new Refusal("missing_recipient_team_id");
  if (args.recipient_user_id === undefined) throw new Refusal("missing_recipient_user_id");
  const recipient = world.users.get(args.recipient_user_id);
  if (recipient === undefined) throw new Refusal("user_not_found", args.recipient_user_id);
  if (recipient.team !== args.recipient_team_id) throw new Refusal("team_not_found", args.recipient_team_id);
}

/** What Slack does to a stream that has been open for too long. */
export function closeStream({ channel, ts }: Pick<Message, "channel" | "ts">, { world }: Pick<Call, "world">): void {
  const message = world.message(channel, ts);
  if (message?.stream?.isOpen !== true) return;
  world.revise(message, { stream: { ...message.stream, isOpen: false } }, "stopped");
}
