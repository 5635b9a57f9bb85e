import type { TestContext } from "node:test";
import type { Agent, AgentEvent, AgentRequest } from "../../../src/core/agent.ts";
import type { Store } from "../../../src/core/exchange.ts";
import type { Log } from "../../../src/core/log.ts";
import type { Platform } from "../../../src/core/platform.ts";
import { createDiscordPlatform } from "../../../src/platforms/discord/discord-platform.ts";
import type { Shards } from "../../../src/platforms/discord/gateway-client.ts";
import type { Suggest } from "../../../src/platforms/discord/discord-parts.ts";
import type { FakeDiscord, FakeDiscordOptions } from "../../fakes/discord/fake-discord.ts";
import type { Person } from "../../fakes/discord/person.ts";
import { startFakeDiscord } from "../../fakes/discord/start-fake-discord.ts";
import { silentLog } from "../../fakes/log.ts";
import { createWorkingCore, type WorkingCore } from "../../fakes/working-core.ts";

export interface DiscordFootnoteOptions {
  /** What the agent says; default: the answer about Mercury, at once. */
  readonly answer?: Agent["answer"];
  readonly discord?: FakeDiscordOptions;
  /** A Discord that another test's Footnote uses; default: a new one. */
  readonly fake?: FakeDiscord;
  /** Commands are registered there only. */
  readonly guildId?: string;
  /** Default: all. */
  readonly shards?: Shards;
  readonly store?: Partial<Store>;
  /** Default: none. */
  readonly admins?: readonly string[];
  readonly suggest?: Suggest;
  readonly log?: Log;
  /** Default: a minute. */
  readonly firstSignMs?: number;
  /** Default: both 10 ms. */
  readonly pace?: { readonly firstTextMs: number; readonly nextTextMs: number };
  /** Done to the fake before Footnote starts. */
  readonly prepare?: (discord: FakeDiscord) => void;
}

export interface DiscordFootnote {
  readonly discord: FakeDiscord;
  readonly alice: Person;
  readonly platform: Platform;
  readonly core: WorkingCore;
  /** Questions the agent was asked, in order. */
  readonly asked: AgentRequest[];
  /** The channel as people see it, once it has so many messages and no exchange is under way. */
  seen(channel: string, messages: number): Promise<string>;
}

/** The Discord platform before a fake Discord, with a store in memory and a worker that serves each thread in order. Ends with the test. */
export async function startDiscordFootnote(
  t: TestContext,
  options: DiscordFootnoteOptions = {},
): Promise<DiscordFootnote> {
  const { log = silentLog, pace = { firstTextMs: 10, nextTextMs: 10 }, firstSignMs = 60_000 } = options;
  const discord = options.fake ?? (await startFakeDiscord(options.discord));
  const alice = discord.addPerson("alice");
  options.prepare?.(discord);
  const core = createWorkingCore({ platform: () => platform, answer: options.answer, store: options.store, log });
  const { inbox, store, stats, cache } = core;
  const platform = createDiscordPlatform({
    inbox,
    store,
    stats,
    cache,
    admins: new Set(options.admins),
    suggest: options.suggest,
    settings: {
      token: discord.token,
      guildId: options.guildId,
      shards: options.shards,
      apiUrl: discord.apiUrl,
      pace,
      firstSignMs,
    },
    log,
  });
  t.after(async () => {
    await core.end();
    await platform.stop();
    await discord.close();
  });
  await platform.start();

  return {
    discord,
    alice,
    platform,
    core,
    asked: core.asked,
    async seen(channel, messages) {
      await discord.until(() => discord.channel(channel).entries().length >= messages);
      await core.idle();
      return discord.channel(channel).text();
    },
  };
}

/** An agent that says nothing until the test is over, so that the test may speak in its place. */
export function silence({ signal }: Pick<AgentRequest, "signal">): AsyncIterable<never> {
  const never = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  return { [Symbol.asyncIterator]: () => ({ next: () => never }) };
}

/** An agent that looks something up until it is told to stop. */
export async function* thinking({ signal }: Pick<AgentRequest, "signal">): AsyncGenerator<AgentEvent> {
  yield { type: "status", text: "Searching" };
  yield* silence({ signal });
}
