import { ChannelType, type GatewayMessageCreateDispatchData, MessageReferenceType, MessageType } from "discord.js";
import { conversationTitle } from "../../core/conversation.ts";
import type { InboundMessage, ThreadId } from "../../core/message.ts";
import { looksLikeQuestion } from "../../core/small-talk.ts";
import type { AnswerMessage } from "./answered-exchange.ts";
import type { Identity } from "./discord-parts.ts";
import { toPlainText } from "./plain-text.ts";
import type { MessagePlace } from "./reply-place.ts";

/** What a person says where it may concern Footnote. */
export interface Heard {
  /** Its text may be empty. */
  readonly message: InboundMessage;
  readonly place: MessagePlace;
  /** False for what was said in a thread without naming Footnote: a question only if Footnote takes part in the thread. */
  readonly isAddressed: boolean;
  /** The message of Footnote's that is replied to: the conversation goes on. */
  readonly answer?: AnswerMessage;
  /** Whether follow-ups without a mention are none here. Default false. */
  readonly needsMention?: boolean;
  /** Questions its author may ask within a minute. Default: as many as Footnote is set to. */
  readonly perMinute?: number;
}

type GatewayMessage = GatewayMessageCreateDispatchData;

const THREADS: readonly (ChannelType | undefined)[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];
/** Where a thread can be made from a message. Not in the chat of a voice or stage channel. */
export const CAN_HAVE_THREADS: readonly (ChannelType | undefined)[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
];

/**
 * What a message asks of Footnote; `undefined` when it is nothing for Footnote. The message's own id is its id, however often it comes.
 * @param locale BCP 47, of where it was said
 */
export function readMessage(event: GatewayMessage, self: Identity, locale?: string): Heard | undefined {
  if (!isSpokenByPerson(event, self)) return undefined;
  const replied = repliedTo(event);
  const isReplyToUs = replied?.author.id === self.user;
  const isAddressed = event.guild_id === undefined || isReplyToUs || mention(self).test(event.content);
  if (!isAddressed && (!isThread(event) || replied !== undefined || namesSomebody(event))) return undefined;

  const own = textOf(event, self);
  // A bare mention, as a reply: what is replied to is to be looked up.
  const text = own === "" && replied !== undefined && !isReplyToUs ? toPlainText(replied).trim() : own;
  const place = placeOf(event, { text, isAddressed, isReplyToUs, locale });
  return {
    place,
    isAddressed,
    ...(isReplyToUs && { answer: replied }),
    message: {
      id: event.id,
      thread: threadOf(place),
      author: { id: `discord:${event.author.id}`, name: nameOf(event) },
      text,
      replyTo: { ...place },
      receivedAt: new Date(),
    },
  };
}

/** The text without the mention of Footnote. */
function textOf(event: GatewayMessage, self: Identity): string {
  const content = event.content.replaceAll(mention(self), " ");
  return toPlainText({ ...event, content })
    .replace(/^[\s,:;]+/, "")
    .trim();
}

function threadOf({ guild, channel, question, mode }: MessagePlace): ThreadId {
  // A thread made from a message has the message's id, so it is known before there is one.
  return `discord:${guild ?? "@me"}:${mode === "here" ? channel : question}`;
}

function placeOf(
  event: GatewayMessage,
  heard: {
    readonly text: string;
    readonly isAddressed: boolean;
    readonly isReplyToUs: boolean;
    readonly locale: string | undefined;
  },
): MessagePlace {
  const isHere = event.guild_id === undefined || isThread(event);
  const canHaveThread = CAN_HAVE_THREADS.includes(event.channel_type) && !heard.isReplyToUs;
  return {
    kind: "message",
    guild: event.guild_id ?? null,
    channel: event.channel_id,
    question: event.id,
    repliedTo: repliedTo(event)?.id ?? null,
    mode: isHere ? "here" : canHaveThread ? "thread" : "reply",
    threadName: conversationTitle(heard.text),
    user: event.author.id,
    isAddressed: heard.isAddressed,
    isRemark: !heard.isAddressed && !looksLikeQuestion(heard.text),
    ...(heard.locale !== undefined && { locale: heard.locale }),
  };
}

function isSpokenByPerson({ type, author, webhook_id: webhook }: GatewayMessage, self: Identity): boolean {
  if (type !== MessageType.Default && type !== MessageType.Reply) return false;
  return author.bot !== true && author.system !== true && author.id !== self.user && webhook === undefined;
}

function repliedTo({ message_reference: reference, referenced_message: message }: GatewayMessage) {
  const isForward = reference?.type === MessageReferenceType.Forward;
  return isForward ? undefined : (message ?? undefined);
}

function isThread({ channel_type: type }: GatewayMessage): boolean {
  return isThreadType(type);
}

export function isThreadType(type: ChannelType | undefined): boolean {
  return THREADS.includes(type);
}

/** A person, a role, or everyone here. */
function namesSomebody({ content, mention_everyone: isEverybody }: GatewayMessage): boolean {
  return isEverybody || /<@[!&]?\d+>/.test(content);
}

function mention({ user }: Identity): RegExp {
  return new RegExp(`<@!?${user}>`, "g");
}

function nameOf({ author, member }: GatewayMessage): string {
  return member?.nick ?? author.global_name ?? author.username;
}
