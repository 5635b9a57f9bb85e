import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { ReplyProgress, ReplySink } from "../../../src/core/reply.ts";
import type { FakeDiscord } from "../../fakes/discord/fake-discord.ts";
import type { MessageAt } from "../../fakes/discord/person.ts";
import { until } from "../../support/until.ts";
import {
  type DiscordFootnote,
  type DiscordFootnoteOptions,
  silence,
  startDiscordFootnote,
} from "./discord-footnote.ts";

export interface OpenReply {
  readonly discord: FakeDiscord;
  readonly footnote: DiscordFootnote;
  readonly question: MessageAt;
  /** Where the reply is: the thread made from the question. */
  readonly thread: string;
  readonly reply: ReplySink;
  /** A sink as another process would open it, for this revision of the question. */
  reopen(resume?: ReplyProgress, revision?: number, signal?: AbortSignal): ReplySink;
  /** What Footnote's messages show now. */
  shown(): string[];
  /** Resolves once some message of Footnote's shows this. */
  untilShown(text: string): Promise<void>;
  /** What was stored about the reply. */
  progress(): Promise<ReplyProgress | undefined>;
  /** The routes of the calls made for the reply, in order. */
  calls(): string[];
}

/** A question somebody asked in the general channel, and the sink of its reply; nobody else answers it. */
export async function openReply(t: TestContext, options: DiscordFootnoteOptions = {}): Promise<OpenReply> {
  const footnote = await startDiscordFootnote(t, { answer: silence, ...options });
  const { discord, alice, platform, core } = footnote;
  await discord.until(() => discord.commands().length > 0);
  const question = alice.mention(discord.general, "how long does a day last on Mercury?");
  const exchange = await until(
    () => core.store.exchangeOf("discord", question.id),
    (found) => found !== undefined,
  );
  assert.ok(exchange);
  const target = { id: exchange.id, revision: 0, replyTo: exchange.replyTo };
  const asked = discord.calls.length;
  // A reply that nobody finishes would try to reach a Discord that is gone, for a quarter of an hour.
  const ending = new AbortController();
  t.after(() => ending.abort(new Error("the test is over")));

  const shown = (): string[] =>
    discord
      .channel(question.id)
      .entries()
      .filter((entry) => entry.startsWith("Footnote: "))
      .map((entry) => entry.slice("Footnote: ".length));

  return {
    discord,
    footnote,
    question,
    thread: question.id,
    shown,
    progress: async () => (await core.store.exchange(exchange.id))?.progress,
    reply: platform.openReply(target, ending.signal),
    reopen: (progress, revision = 0, signal = ending.signal) =>
      platform.openReply({ ...target, revision, ...(progress && { progress }) }, signal),
    untilShown: (text) => discord.until(() => shown().some((entry) => entry.includes(text))),
    calls: () => discord.calls.slice(asked).map(({ route }) => route),
  };
}
