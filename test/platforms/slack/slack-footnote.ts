import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { z } from "zod";
import type { Agent, AgentRequest } from "../../../src/core/agent.ts";
import type { Store } from "../../../src/core/exchange.ts";
import type { Log } from "../../../src/core/log.ts";
import type { HttpPlatform } from "../../../src/platforms/http/http-platform.ts";
import { createSlackPlatform, type SlackPlatform } from "../../../src/platforms/slack/slack-platform.ts";
import { createHttpFootnote } from "../../fakes/http-footnote.ts";
import { silentLog } from "../../fakes/log.ts";
import type { createMemoryStore } from "../../fakes/memory-store.ts";
import type { HttpMode } from "../../fakes/slack/http-mode.ts";
import type { Person } from "../../fakes/slack/person.ts";
import type { FakeSlack, FakeSlackOptions } from "../../fakes/slack/fake-slack.ts";
import { createWorkingCore, type WorkingCore } from "../../fakes/working-core.ts";
import { startFakeSlack } from "../../fakes/slack/start-fake-slack.ts";

const manifest = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});

/** What the manifest asks for, and not a scope or an event more: so it is known to suffice. */
export const askedFor = readManifest();

function readManifest(): Required<Pick<FakeSlackOptions, "scopes" | "events">> {
  const path = join(import.meta.dirname, "../../../src/platforms/slack/manifest.json");
  const { oauth_config: oauth, settings } = manifest.parse(JSON.parse(readFileSync(path, "utf8")));
  return { scopes: oauth.scopes.bot, events: settings.event_subscriptions.bot_events };
}

export type Mode = "Socket Mode" | "HTTP mode";

export interface SlackFootnoteOptions {
  readonly mode?: Mode;
  /** By OAuth with this secret, and installed nowhere yet. Default: by the bot token of the first workspace. */
  readonly stateSecret?: string;
  /** Another replica: the same Slack and the same store. */
  readonly beside?: SlackFootnote;
  /** What the agent says; default: the answer about Mercury, at once. */
  readonly answer?: Agent["answer"];
  readonly slack?: FakeSlackOptions;
  readonly store?: Partial<Store>;
  /** Default: none. */
  readonly admins?: readonly string[];
  readonly log?: Log;
  /** Default: both 10 ms. */
  readonly pace?: { readonly firstTextMs: number; readonly nextTextMs: number };
  /** Default: longer than any test. */
  readonly firstSignMs?: number;
}

export interface SlackFootnote {
  readonly slack: FakeSlack;
  readonly alice: Person;
  readonly platform: SlackPlatform;
  readonly core: WorkingCore;
  readonly store: ReturnType<typeof createMemoryStore>;
  /** Questions the agent was asked, in order. */
  readonly asked: AgentRequest[];
  /** How requests reach the platform in HTTP mode. */
  readonly http: HttpMode | undefined;
  /** What a browser gets from the HTTP platform, which has an API token. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** The thread as people see it, once it has so many messages and no exchange is under way. */
  seen(thread: string, messages: number, channel?: string): Promise<string>;
}

/** The Slack platform before a fake Slack, with a store in memory and a worker that serves each thread in order. Ends with the test. */
export async function startSlackFootnote(t: TestContext, options: SlackFootnoteOptions = {}): Promise<SlackFootnote> {
  const { mode = "Socket Mode", log = silentLog, pace = { firstTextMs: 10, nextTextMs: 10 } } = options;
  const { firstSignMs = 60_000 } = options;
  const slack = options.beside?.slack ?? (await startFakeSlack({ ...askedFor, ...options.slack }));
  if (options.beside === undefined) t.after(() => slack.close());
  const alice = options.beside?.alice ?? slack.addPerson("alice");
  const shared = { ...options.beside?.store, ...options.store };
  const core = createWorkingCore({ platform: () => platform, answer: options.answer, store: shared, log });
  const { inbox, store, stats, cache } = core;
  const platform = createSlackPlatform({
    inbox,
    store,
    stats,
    cache,
    admins: new Set(options.admins),
    settings: {
      ...(options.stateSecret === undefined
        ? { botToken: slack.botToken }
        : {
            oauth: {
              clientId: slack.client.id,
              clientSecret: slack.client.secret,
              stateSecret: options.stateSecret,
            },
          }),
      ...(mode === "Socket Mode" ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret }),
      apiUrl: slack.apiUrl,
      pace,
      firstSignMs,
    },
    log,
  });
  const site = createHttpFootnote({ mounted: [...platform.routes], settings: { apiToken: "an-api-token-of-tests" } });
  const http = mode === "HTTP mode" ? await open(t, site.platform, slack) : undefined;
  t.after(async () => {
    await core.end();
    await platform.stop();
  });
  await platform.start();

  return {
    slack,
    alice,
    platform,
    core,
    store: options.beside?.store ?? core.memory,
    asked: core.asked,
    http,
    request: (path, init) => site.platform.request(path, init),
    async seen(thread, messages, channel = slack.general) {
      const transcript = slack.thread(channel, thread);
      await slack.until(() => transcript.entries().length >= messages);
      await core.idle();
      return transcript.text();
    },
  };
}

async function open(t: TestContext, site: HttpPlatform, slack: FakeSlack): Promise<HttpMode> {
  await site.start();
  t.after(() => site.stop());
  return slack.useHttp(`${site.address()}/slack/events`);
}

/** An agent that says nothing until the test is over, so that the test may speak in its place. */
export function silence({ signal }: Pick<AgentRequest, "signal">): AsyncIterable<never> {
  const never = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  return { [Symbol.asyncIterator]: () => ({ next: () => never }) };
}
