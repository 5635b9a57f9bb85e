import type { Announcer } from "./announcer.ts";
import type { Delivery } from "./courier.ts";
import type { Fields, Message, User } from "./entities.ts";
import { threadOf } from "./entities.ts";
import { closeStream } from "./methods/streams.ts";
import type { Interactions } from "./interactions.ts";
import { richTextOf, writtenBy } from "./person-text.ts";
import { renderMessage } from "./render-message.ts";
import type { Views } from "./views.ts";
import type { World } from "./world.ts";

/** What somebody did, and what Slack told the app about it. */
export interface Sent {
  readonly channel: string;
  /** Of the message that was written, changed or clicked; `""` when there was none. */
  readonly ts: string;
  /** `ts` of the thread it stands in: its own, if it began one. */
  readonly thread: string;
  /** Empty when the app is not told of such things. */
  readonly deliveries: readonly Delivery[];
  /** Whether every one of them was acked, at whichever attempt. */
  readonly isAcked: boolean;
}

export type MessageAt = Pick<Sent, "channel" | "ts">;

/** Somebody in a workspace. Each action resolves once Slack has the app's ack, or has given up on it. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  /** Writes a message that begins with a mention of the app's bot. */
  mention(channel: string, text: string, where?: { readonly thread?: string }): Promise<Sent>;
  /** Writes a message; may hold tokens such as `<@U1>`. */
  say(channel: string, text: string, where?: { readonly thread?: string }): Promise<Sent>;
  /** Writes to the bot in the direct messages with it. */
  dm(text: string, where?: { readonly thread?: string }): Promise<Sent>;
  edit(message: MessageAt, text: string): Promise<Sent>;
  /** A message with replies leaves a tombstone, which the app hears of as `message_changed`; any other is just gone. */
  delete(message: MessageAt): Promise<Sent>;
  /** Types a slash command; what the app says in its ack is shown. */
  slash(channel: string, command: string, text?: string): Promise<Sent>;
  /** Presses the button, or one of the feedback buttons, with this `action_id` and, if given, this value. */
  click(message: MessageAt, actionId: string, value?: string): Promise<Sent>;
  /** Chooses a message shortcut on a message. */
  shortcut(message: MessageAt, callbackId: string): Promise<Sent>;
  /** Sends the modal opened last; what the app says in its ack closes or changes it. */
  submit(values?: Fields): Promise<Sent>;
  /** Presses the stop button that Slack shows while an agent works or streams: it ends the streams, and `agent_session_stopped` tells. */
  stop(channel: string, thread: string): Promise<Sent>;
  /** Opens the app's messages tab: `app_home_opened`. */
  openMessagesTab(): Promise<Sent>;
  /** Joins a channel, which leaves a system message. */
  join(channel: string): Promise<Sent>;
  setTopic(channel: string, topic: string): Promise<Sent>;
  /** Texts of the modals and home tabs the app shows this person, the latest last. */
  views(): string[];
  /** Id of the direct messages with the bot. */
  readonly direct: string;
}

interface Surroundings {
  readonly world: World;
  readonly announcer: Announcer;
  readonly interactions: Interactions;
  readonly views: Views;
  /** Id of the bot's user in this person's eyes. */
  readonly bot: () => string;
  readonly direct: string;
}

export function createPerson(user: User, { world, announcer, interactions, views, bot, direct }: Surroundings): Person {
  function messageAt({ channel, ts }: MessageAt): Message {
    const message = world.message(channel, ts);
    if (message === undefined) throw new Error(`there is no message ${ts} in ${channel}`);
    return message;
  }

  async function write(channel: string, typed: string, { thread }: { readonly thread?: string } = {}): Promise<Sent> {
    if (world.channels.get(channel)?.members.has(user.id) !== true)
      throw new Error(`${user.name} is not in ${channel}`);
    const said = { text: writtenBy(typed), blocks: richTextOf(typed) };
    const message = world.post({
      channel,
      user: user.id,
      ...said,
      ...(thread === undefined ? {} : { threadTs: thread }),
    });
    return settle(message, announcer.posted(message));
  }

  function note(channel: string, subtype: string, text: string): Promise<Sent> {
    const message = world.post({ channel, user: user.id, subtype, text, blocks: [] });
    return settle(message, announcer.posted(message));
  }

  return {
    id: user.id,
    name: user.name,
    team: user.team,
    direct,
    mention: (channel, text, where) => write(channel, `<@${bot()}> ${text}`, where),
    say: write,
    dm: (text, where) => write(direct, text, where),
    edit(at, typed) {
      const before = messageAt(at);
      const said = { text: writtenBy(typed), blocks: richTextOf(typed), edited: { user: user.id, ts: world.nextTs() } };
      const message = world.revise(before, said, "edited");
      return settle(message, announcer.changed(message, before));
    },
    delete(at) {
      const message = messageAt(at);
      const hasReplies = world.thread(message.channel, message.ts).length > 1;
      if (!hasReplies) {
        world.remove(message);
        return settle(message, announcer.deleted(message));
      }
      const tombstone = { subtype: "tombstone", text: "This message was deleted.", blocks: [], user: "USLACKBOT" };
      const left = world.revise(message, tombstone, "edited");
      return settle(left, announcer.changed(left, message));
    },
    async slash(channel, command, text = "") {
      const delivery = interactions.slash(user, channel, command, text);
      await delivery.done;
      return settle({ channel, ts: "" }, [delivery]);
    },
    click: (at, actionId, value) => settle(messageAt(at), [interactions.click(user, messageAt(at), actionId, value)]),
    shortcut: (at, callbackId) => settle(messageAt(at), [interactions.shortcut(user, messageAt(at), callbackId)]),
    submit(values = {}) {
      const view = views.seenBy(user.id).at(-1);
      if (view === undefined) throw new Error(`${user.name} has no view open`);
      return settle({ channel: "", ts: "" }, [interactions.submit(user, view, values)]);
    },
    stop(channel, thread) {
      const streams = world.thread(channel, thread).filter(({ stream }) => stream?.isOpen === true);
      for (const stream of streams) closeStream(stream, { world });
      const stopped = { channel, thread_ts: thread, user: user.id, streaming_message_ts: streams.map(({ ts }) => ts) };
      const told = announcer.happened(user.team, { type: "agent_session_stopped", ...stopped });
      return settle({ channel, ts: "", threadTs: thread }, told);
    },
    openMessagesTab: () =>
      settle(
        { channel: direct, ts: "" },
        announcer.happened(user.team, { type: "app_home_opened", user: user.id, channel: direct, tab: "messages" }),
      ),
    join(channel) {
      world.channels.get(channel)?.members.add(user.id);
      return note(channel, "channel_join", `<@${user.id}> has joined the channel`);
    },
    setTopic: (channel, topic) => note(channel, "channel_topic", `<@${user.id}> set the channel topic: ${topic}`),
    views: () =>
      views.seenBy(user.id).map((view) => renderMessage({ text: "", blocks: view.blocks }, (id) => world.nameOf(id))),
  };
}

async function settle(at: MessageAt & { readonly threadTs?: string }, deliveries: readonly Delivery[]): Promise<Sent> {
  const outcomes = await Promise.all(deliveries.map(({ done }) => done));
  return {
    channel: at.channel,
    ts: at.ts,
    thread: threadOf(at),
    deliveries,
    isAcked: outcomes.every(({ isAcked }) => isAcked),
  };
}
