import type { TestContext } from "node:test";
import type { ReplyProgress, ReplySink } from "../../../src/core/reply.ts";
import type { FakeSlack } from "../../fakes/slack/fake-slack.ts";
import { silence, type SlackFootnote, type SlackFootnoteOptions, startSlackFootnote } from "./slack-footnote.ts";

export interface OpenReply {
  readonly slack: FakeSlack;
  readonly footnote: SlackFootnote;
  readonly reply: ReplySink;
  /** A sink as another process would open it. */
  reopen(resume?: ReplyProgress, signal?: AbortSignal): ReplySink;
  /** The sink of the question's next revision. */
  revise(resume?: ReplyProgress): ReplySink;
  /** What Footnote's messages show now. */
  shown(): string[];
  /** Resolves once some message of Footnote's shows this. */
  untilShown(text: string): Promise<void>;
  /** What was stored about the reply. */
  progress(): Promise<ReplyProgress | undefined>;
  /** Names of the methods called for the reply, in order; who asks is looked up beside it. */
  calls(): string[];
  readonly thread: string;
}

/**
 * A question somebody asked in the general channel, and the sink of its reply; nobody else answers it.
 * @param options `overheard` is said after it, without a mention, and replied to in its place
 */
export async function openReply(
  t: TestContext,
  { overheard, ...options }: SlackFootnoteOptions & { readonly overheard?: string } = {},
): Promise<OpenReply> {
  const footnote = await startSlackFootnote(t, { answer: silence, ...options });
  const { slack, alice, platform, store } = footnote;
  const { thread } = await alice.mention(slack.general, "how long does a day last on Mercury?");
  if (overheard !== undefined) await alice.say(slack.general, overheard, { thread });
  const messages = await store.messages(`slack:${slack.team}:${slack.general}:${thread}`, { limit: 2 });
  const exchange = messages?.items.at(-1)?.exchangeId ?? "";
  const replyTo = (await store.exchange(exchange))?.replyTo ?? {};
  const target = { id: exchange, revision: 0, replyTo };
  const asked = slack.calls.length;
  // A reply that nobody finishes would try to reach a Slack that is gone, for a quarter of an hour.
  const ending = new AbortController();
  t.after(() => ending.abort(new Error("the test is over")));

  const shown = (): string[] =>
    slack
      .thread(slack.general, thread)
      .entries()
      .slice(overheard === undefined ? 1 : 2)
      .map((entry) => entry.replace(/^Footnote: /, ""));
  const progress = async (): Promise<ReplyProgress | undefined> => (await store.exchange(exchange))?.progress;

  return {
    slack,
    footnote,
    thread,
    shown,
    progress,
    reply: platform.openReply(target, ending.signal),
    reopen: (resume, signal = ending.signal) =>
      platform.openReply({ ...target, ...(resume && { progress: resume }) }, signal),
    revise: (resume) =>
      platform.openReply({ ...target, revision: 1, ...(resume && { progress: resume }) }, ending.signal),
    untilShown: (text) => slack.until(() => shown().some((entry) => entry.includes(text))),
    calls: () => slack.calls.slice(asked).flatMap(({ method }) => (method === "users.info" ? [] : [method])),
  };
}
