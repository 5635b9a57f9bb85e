import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { z } from "zod";
import type { Agent, AgentRequest } from "../../../src/core/agent.ts";
import type { Exchange, Inbox, Store } from "../../../src/core/exchange.ts";
import type { ThreadId } from "../../../src/core/message.ts";
import type { Log } from "../../../src/core/log.ts";
import { createInbox } from "../../../src/exchange/inbox.ts";
import { runExchange } from "../../../src/exchange/run-exchange.ts";
import { createSlackPlatform, type SlackPlatform } from "../../../src/platforms/slack/slack-platform.ts";
import { eventsOf, MERCURY_ANSWER } from "../../fakes/answers.ts";
import { createHttpFootnote } from "../../fakes/http-footnote.ts";
import { silentLog } from "../../fakes/log.ts";
import { createMemoryStore } from "../../fakes/memory-store.ts";
import type { HttpMode } from "../../fakes/slack/http-mode.ts";
import type { Person } from "../../fakes/slack/person.ts";
import type { FakeSlack, FakeSlackOptions } from "../../fakes/slack/fake-slack.ts";
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
  /** What the agent says; default: the answer about Mercury, at once. */
  readonly answer?: Agent["answer"];
  readonly slack?: FakeSlackOptions;
  readonly store?: Partial<Store>;
  readonly log?: Log;
  /** Default: both 10 ms. */
  readonly pace?: { readonly firstTextMs: number; readonly nextTextMs: number };
}

export interface SlackFootnote {
  readonly slack: FakeSlack;
  readonly alice: Person;
  readonly platform: SlackPlatform;
  readonly store: ReturnType<typeof createMemoryStore>;
  /** Questions the agent was asked, in order. */
  readonly asked: AgentRequest[];
  /** How requests reach the platform in HTTP mode. */
  readonly http: HttpMode | undefined;
  /** The thread as people see it, once it has so many messages and no exchange is under way. */
  seen(thread: string, messages: number, channel?: string): Promise<string>;
}

/** The Slack platform before a fake Slack, with a store in memory and a worker that serves each thread in order. Ends with the test. */
export async function startSlackFootnote(t: TestContext, options: SlackFootnoteOptions = {}): Promise<SlackFootnote> {
  const {
    mode = "Socket Mode",
    answer = mercury,
    log = silentLog,
    pace = { firstTextMs: 10, nextTextMs: 10 },
  } = options;
  const slack = await startFakeSlack({ ...askedFor, ...options.slack });
  t.after(() => slack.close());
  const alice = slack.addPerson("alice");
  const memory = createMemoryStore();
  const store = { ...memory, ...options.store };
  const asked: AgentRequest[] = [];
  const agent: Agent = {
    answer(request) {
      asked.push(request);
      return answer(request);
    },
  };

  const ending = new AbortController();
  const threads = new Map<ThreadId, Promise<void>>();
  const openReply = (exchange: Exchange) =>
    platform.openReply(exchange.id, exchange.replyTo, exchange.progress, ending.signal);
  const inbox = workingInbox(store, (thread, id) => {
    const run = () => runExchange(id, { store, agent, log, openReply }, ending.signal).catch(() => undefined);
    threads.set(thread, (threads.get(thread) ?? Promise.resolve()).then(run));
  });
  const platform = createSlackPlatform({
    inbox,
    store,
    settings: {
      botToken: slack.botToken,
      ...(mode === "Socket Mode" ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret }),
      apiUrl: slack.apiUrl,
      pace,
    },
    log,
  });
  const http = mode === "HTTP mode" ? await mount(t, platform, slack) : undefined;
  t.after(async () => {
    ending.abort(new Error("the test is over"));
    await platform.stop();
    await Promise.all(threads.values());
  });
  await platform.start();

  return {
    slack,
    alice,
    platform,
    store: memory,
    asked,
    http,
    async seen(thread, messages, channel = slack.general) {
      const transcript = slack.thread(channel, thread);
      await slack.until(() => transcript.entries().length >= messages);
      await Promise.all(threads.values());
      return transcript.text();
    },
  };
}

async function mount(t: TestContext, { routes }: SlackPlatform, slack: FakeSlack): Promise<HttpMode> {
  const { platform } = createHttpFootnote({ mounted: [...routes] });
  await platform.start();
  t.after(() => platform.stop());
  return slack.useHttp(`${platform.address()}/slack/events`);
}

function workingInbox(store: Store, work: (thread: ThreadId, id: string) => void): Inbox {
  const inbox = createInbox({ store, log: silentLog });
  return {
    async accept(message) {
      const received = await inbox.accept(message);
      if (received.isNew) setImmediate(() => work(message.thread, received.exchange.id));
      return received;
    },
  };
}

/** An agent that says nothing until the test is over, so that the test may speak in its place. */
export function silence({ signal }: Pick<AgentRequest, "signal">): AsyncIterable<never> {
  const never = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  return { [Symbol.asyncIterator]: () => ({ next: () => never }) };
}

async function* mercury() {
  yield* eventsOf(MERCURY_ANSWER);
}
