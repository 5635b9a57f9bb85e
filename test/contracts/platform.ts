import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Platform, ReplyTarget } from "../../src/core/platform.ts";
import type { Answer } from "../../src/core/reply.ts";
import { MERCURY_ANSWER } from "../fakes/answers.ts";

export interface PlatformUnderTest {
  readonly platform: Platform;
  /** An exchange that a question asked on this platform has begun, with the address its inbound message carried. */
  readonly ask: () => Promise<ReplyTarget>;
  /** The text that has been shown to the asker of that exchange, once it is whole. */
  readonly shown: (exchange: string) => Promise<string>;
}

/** What every Platform must do. @param open gives one that is started, and stops it after the test */
export function platformContract(name: string, open: (t: TestContext) => Promise<PlatformUnderTest>): void {
  test(`${name} shows an answer that is told piece by piece`, async (t) => {
    const { platform, ask, shown } = await open(t);
    const exchange = await ask();

    const reply = platform.openReply(exchange);
    await reply.status("Searching");
    for (const citation of MERCURY_ANSWER.citations) await reply.source(citation);
    for (const sentence of MERCURY_ANSWER.sentences) await reply.append(sentence);
    await reply.finish(MERCURY_ANSWER);

    assertShowsAnswer(await shown(exchange.id), MERCURY_ANSWER);
  });

  test(`${name} shows a stored answer that was never told in pieces`, async (t) => {
    const { platform, ask, shown } = await open(t);
    const exchange = await ask();

    await platform.openReply(exchange).finish(MERCURY_ANSWER);

    assertShowsAnswer(await shown(exchange.id), MERCURY_ANSWER);
  });

  test(`${name} goes on with a reply from what was kept of it, as JSON`, async (t) => {
    const { platform, ask, shown } = await open(t);
    const exchange = await ask();
    const progress = await platform.openReply(exchange).finish(MERCURY_ANSWER);

    const kept = JSON.parse(JSON.stringify(progress));
    const replyTo = JSON.parse(JSON.stringify(exchange.replyTo));
    await platform.openReply({ ...exchange, replyTo, progress: kept }).finish(MERCURY_ANSWER);

    assert.deepEqual(kept, progress);
    assertShowsAnswer(await shown(exchange.id), MERCURY_ANSWER);
  });

  test(`${name} finishes an open reply after it was paused`, async (t) => {
    const { platform, ask, shown } = await open(t);
    const exchange = await ask();
    const reply = platform.openReply(exchange);

    await platform.pause();
    await reply.finish(MERCURY_ANSWER);

    assertShowsAnswer(await shown(exchange.id), MERCURY_ANSWER);
  });

  test(`${name} can be stopped twice`, async (t) => {
    const { platform } = await open(t);

    await platform.stop();

    await assert.doesNotReject(platform.stop());
  });
}

/** Every sentence once, whatever marks and links the platform puts around them. */
function assertShowsAnswer(shown: string, answer: Answer): void {
  for (const { text } of answer.sentences) assert.equal(shown.split(text).length, 2, `${text} once in: ${shown}`);
}
