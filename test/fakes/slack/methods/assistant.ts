import { kind, method, TIER, type Call } from "../method.ts";
import { Refusal } from "../refusal.ts";
import { threadAt, writableChannel } from "./access.ts";
import { z } from "zod";

/** A status nobody renews is gone after this (docs, *assistant.threads.setStatus*). */
const STATUS_LIFE_MS = 120_000;
const LOADING_MESSAGES = 10;
const LOADING_MESSAGE = 50;
const PROMPTS = 4;

const scopes = ["assistant:write", "chat:write"];

export const assistantMethods = {
  "assistant.threads.setStatus": method({
    perMinute: TIER.special,
    scopes,
    args: {
      channel_id: kind.text,
      thread_ts: kind.text,
      status: kind.text,
      loading_messages: kind.texts.optional(),
      icon_emoji: kind.text.optional(),
      icon_url: kind.text.optional(),
      username: kind.text.optional(),
    },
    run(args, call) {
      const channel = writableChannel(args.channel_id, call);
      const messages = args.loading_messages ?? [];
      if (messages.length > LOADING_MESSAGES)
        throw new Refusal("invalid_arguments", `${messages.length} loading_messages`);
      if (messages.some((message) => message.length > LOADING_MESSAGE)) {
        throw new Refusal("invalid_arguments", `loading_messages must be ${LOADING_MESSAGE} characters or fewer`);
      }
      const thread = threadAt(channel, args.thread_ts, call);
      const shown = args.status === "" ? "" : [args.status, ...messages].join(" · ");
      call.world.showStatus(channel.id, thread, call.self, shown);
      if (shown !== "") call.clock.after(STATUS_LIFE_MS, () => expire(channel.id, thread, shown, call));
      return {};
    },
  }),

  "assistant.threads.setTitle": method({
    perMinute: TIER.two,
    scopes,
    args: { channel_id: kind.text, thread_ts: kind.text, title: kind.text },
    run(args, call) {
      const channel = writableChannel(args.channel_id, call);
      call.views.titles.set(`${channel.id}:${threadAt(channel, args.thread_ts, call)}`, args.title);
      return {};
    },
  }),

  "assistant.threads.setSuggestedPrompts": method({
    perMinute: TIER.two,
    scopes,
    args: {
      channel_id: kind.text,
      thread_ts: kind.text.optional(),
      title: kind.text.optional(),
      prompts: kind.structured(z.array(z.strictObject({ title: z.string().min(1), message: z.string().min(1) }))),
    },
    run(args, call) {
      const channel = writableChannel(args.channel_id, call);
      if (args.prompts.length === 0 || args.prompts.length > PROMPTS) {
        throw new Refusal("invalid_arguments", `${args.prompts.length} prompts`);
      }
      const thread = args.thread_ts === undefined ? "" : threadAt(channel, args.thread_ts, call);
      call.views.prompts.set(`${channel.id}:${thread}`, args.prompts);
      return {};
    },
  }),
};

function expire(channel: string, thread: string, shown: string, { world, self }: Call): void {
  const latest = world.frames.findLast((frame) => frame.channel === channel && frame.thread === thread);
  if (latest?.change === "status" && latest.text === shown) world.showStatus(channel, thread, self, "");
}
