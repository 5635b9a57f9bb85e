import type { TestContext } from "node:test";
import type { Exchange } from "../../../src/core/exchange.ts";
import type { MessageAt, Person } from "../../fakes/slack/person.ts";
import { type SlackFootnote, type SlackFootnoteOptions, startSlackFootnote } from "./slack-footnote.ts";

export interface AnsweredQuestion {
  readonly footnote: SlackFootnote;
  readonly thread: string;
  /** The only message of the answer. */
  readonly reply: MessageAt;
  exchange(): Promise<Exchange | undefined>;
  /** What a button of the answer says about it: which exchange, which revision, and more. */
  value(detail: string): string;
  /** The thread's messages after the question, as everybody sees them, or this person alone. */
  replies(person?: Person): string[];
  /** Resolves once this person sees it. */
  untilTold(person: Person, text: string): Promise<void>;
}

/** A question that alice asked in the general channel, or in her direct messages, and the answer she got. */
export async function answered(
  t: TestContext,
  options: SlackFootnoteOptions & { readonly isDirect?: boolean } = {},
): Promise<AnsweredQuestion> {
  const footnote = await startSlackFootnote(t, options);
  const { slack, alice, store, seen } = footnote;
  const question = "how long does a day last on Mercury?";
  const { thread, channel } = await (options.isDirect === true
    ? alice.dm(question)
    : alice.mention(slack.general, question));
  await seen(thread, 2, channel);
  const messages = await store.messages(`slack:${slack.team}:${channel}:${thread}`, { limit: 1 });
  const id = messages?.items[0]?.exchangeId ?? "";
  const replies = (person?: Person): string[] =>
    slack
      .thread(channel, thread)
      .entries(person && { as: person.id })
      .slice(1);
  return {
    footnote,
    thread,
    reply: { channel, ts: slack.messages(channel, thread).at(-1)?.ts ?? "" },
    exchange: () => store.exchange(id),
    value: (detail) => `${id}:0:${detail}`,
    replies,
    untilTold: (person, text) => slack.until(() => replies(person).some((entry) => entry.includes(text))),
  };
}
