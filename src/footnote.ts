import { readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { createAgent } from "./agent/create-agent.ts";
import { introducingAgent } from "./agent/introducing-agent.ts";
import { openCache } from "./cache/open-cache.ts";
import { asksWikimedia, type Environment } from "./config.ts";
import type { Store } from "./core/exchange.ts";
import { Failure, toFailure } from "./core/failure.ts";
import type { Log } from "./core/log.ts";
import type { Platform } from "./core/platform.ts";
import type { Stats } from "./core/stats.ts";
import type { RequestBudget, WikiSource } from "./core/wiki.ts";
import { createInbox } from "./exchange/inbox.ts";
import { startRetention } from "./exchange/retention.ts";
import { createWorker, migrateQueue } from "./exchange/worker.ts";
import { createDiscordPlatform } from "./platforms/discord/discord-platform.ts";
import { ARTICLES_PATH } from "./platforms/http/articles.ts";
import { createHttpPlatform } from "./platforms/http/http-platform.ts";
import { createSlackPlatform, type SlackPlatform } from "./platforms/slack/slack-platform.ts";
import { createStats } from "./stats/stats.ts";
import { openStore } from "./store/open-store.ts";
import { readPageFiles } from "./web/page-files.ts";
import { cachedSource } from "./wiki/cached-source.ts";
import { createPassageFinder } from "./wiki/find-passages.ts";
import { createMarkdownSource } from "./wiki/markdown-source.ts";
import { createMediaWikiSource, mediaWikiId } from "./wiki/mediawiki-source.ts";
import { createRequestBudget } from "./wiki/request-budget.ts";
import { userAgent } from "./wiki/user-agent.ts";

export interface Footnote {
  /** Where the HTTP API and the web page are. */
  readonly address: string;
  readonly stats: Stats;
  /** Takes nothing new, lets running exchanges finish within `DRAIN_MS`, and closes every part; a part that fails to does not stop the others. */
  stop(): Promise<void>;
}

/** Requests at once, as Wikimedia's etiquette wants it and any wiki will like it. */
const CONCURRENT_REQUESTS = 3;
/** Wikimedia's limits since April 2026, for a User-Agent with and without the operator's contact. */
const WIKIMEDIA_PER_MINUTE = { identified: 200, unidentified: 10 };
/** Of a wiki of one's own: what three requests at once come to anyway, when each takes 50 ms. */
const OWN_WIKI_PER_MINUTE = 3_600;

/** Puts the parts together and starts them, the platforms last. @throws {Failure} `invalid-config`, `store-unavailable` */
export async function startFootnote(settings: Environment, log: Log): Promise<Footnote> {
  const opened: [name: string, close: () => Promise<void>][] = [];

  async function close(): Promise<void> {
    for (const [name, closePart] of opened.splice(0).toReversed()) {
      await closePart().catch((error: unknown) => log.error({ err: error, part: name }, "not closed cleanly"));
    }
  }

  try {
    const cache = openCache({
      redis: redisOf(settings),
      ttlSeconds: settings.CACHE_TTL,
      log: log.child({ part: "cache" }),
    });
    opened.push(["cache", () => cache.close()]);
    const store = await openStore({
      databaseUrl: settings.DATABASE_URL,
      dataDir: settings.DATA_DIR,
      log: log.child({ part: "store" }),
    });
    opened.push(["store", () => store.close()]);
    await migrateQueue(store.pool, log.child({ part: "exchange" }));

    const perMinute = requestsPerMinute(settings);
    const limits = { perMinute, concurrent: CONCURRENT_REQUESTS, scope: budgetScope(settings) };
    const budget = cache.shareBudget(createRequestBudget(limits), limits);
    await checkFolder(settings.WIKI_DIR);
    const wiki = openSource(settings, budget, log.child({ part: "wiki" }));
    readAhead(wiki, log.child({ part: "wiki" }));
    const source = cachedSource(wiki, cache);
    opened.push(["wiki", () => source.close()]);
    const passages = createPassageFinder(source, {
      language: settings.WIKI_LANGUAGE,
      searchStems: asksWikimedia(settings),
    });

    const researcher = createAgent({
      wiki: { source, passages },
      model: { apiKey: settings.OPENAI_API_KEY, baseUrl: settings.OPENAI_BASE_URL, model: settings.OPENAI_MODEL },
      mayAskModel: withinTokens(store, settings.TOKENS_PER_DAY),
      log: log.child({ part: "agent" }),
    });
    const agent = introducingAgent(researcher, source.name);
    const inboxLog = log.child({ part: "inbox" });
    const inbox = createInbox({ store, perMinute: settings.QUESTIONS_PER_MINUTE, log: inboxLog });
    // A folder is read without asking anybody's leave.
    const stats = createStats({ cache, store, wiki: source, ...(settings.WIKI_DIR === undefined ? { budget } : {}) });
    const admins = new Set(settings.ADMINS);
    const slack = openSlack(settings, { inbox, store, stats, cache, admins, log: log.child({ part: "slack" }) });
    const discord = openDiscord(settings, {
      inbox,
      store,
      stats,
      cache,
      admins,
      suggest: async (prefix, language, signal) =>
        (await source.suggest(prefix, { language, limit: 25, signal })).value,
      log: log.child({ part: "discord" }),
    });
    const http = createHttpPlatform({
      // Whoever has the token may ask as much as they like: nobody knows how many people they speak for.
      inbox: createInbox({ store, log: inboxLog }),
      store,
      cache,
      stats,
      settings: { host: settings.HOST, port: settings.PORT, apiToken: settings.API_TOKEN },
      page: await readPageFiles(),
      mounted: slack.flatMap(({ routes }) => routes),
      articles: settings.WIKI_DIR !== undefined && settings.WIKI_URL === undefined ? source : undefined,
      log: log.child({ part: "http" }),
    });
    opened.push(["http", () => http.stop()]);
    const chats = [...slack, ...discord];
    opened.push(...chats.map((platform): [string, () => Promise<void>] => [platform.name, () => platform.stop()]));
    const platforms = [http, ...chats];
    const worker = createWorker({ store, pool: store.pool, agent, platforms, log: log.child({ part: "exchange" }) });
    for (const platform of platforms) await platform.start();
    opened.push(["worker", () => worker.stop(settings.DRAIN_MS)]);
    await worker.start();
    if (settings.RETENTION_DAYS !== undefined) {
      const retentionLog = log.child({ part: "retention" });
      const retention = startRetention({ store, days: settings.RETENTION_DAYS, log: retentionLog });
      opened.push(["retention", () => retention.stop()]);
    }

    return {
      address: http.address(),
      stats,
      async stop() {
        for (const platform of platforms) {
          await platform.pause().catch((error: unknown) => log.error({ err: error }, "not paused cleanly"));
        }
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether today's tokens are not spent yet. What runs at the same moment is not counted yet: a few answers may go beyond. */
function withinTokens(store: Pick<Store, "tokensToday">, perDay: number | undefined): () => Promise<boolean> {
  return async () => perDay === undefined || (await store.tokensToday()) < perDay;
}

function redisOf(settings: Environment): Parameters<typeof openCache>[0]["redis"] {
  if (settings.REDIS_URL !== undefined) return { url: settings.REDIS_URL };
  if (settings.REDIS_HOST === undefined) return undefined;
  return {
    host: settings.REDIS_HOST,
    port: settings.REDIS_PORT,
    password: settings.REDIS_PASSWORD,
    db: settings.REDIS_DB,
  };
}

function openSource(settings: Environment, budget: RequestBudget, log: Log): WikiSource {
  const language = settings.WIKI_LANGUAGE;
  if (settings.WIKI_DIR !== undefined) {
    const folder = basename(resolve(settings.WIKI_DIR));
    const name = /wiki$/i.test(folder) ? `the ${folder}` : `the ${folder} wiki`;
    return createMarkdownSource({ dir: settings.WIKI_DIR, name, urlBase: articlesUrl(settings), language, log });
  }
  return createMediaWikiSource({
    apiUrl: settings.WIKI_API_URL,
    language,
    userAgent: userAgent({ version: version(), contact: settings.WIKI_CONTACT }),
    budget,
    log,
  });
}

/** Reads a folder while the rest starts, rather than in somebody's first question; the log then tells how many articles there are. */
function readAhead(wiki: WikiSource, log: Log): void {
  void wiki.edition?.().catch((error: unknown) => log.warn({ reason: toFailure(error).message }, "wiki not read yet"));
}

/** None without a token, or what it takes to get tokens by OAuth. */
function openSlack(
  settings: Environment,
  parts: Omit<Parameters<typeof createSlackPlatform>[0], "settings">,
): SlackPlatform[] {
  const connection = {
    appToken: settings.SLACK_APP_TOKEN,
    signingSecret: settings.SLACK_SIGNING_SECRET,
    apiUrl: settings.SLACK_API_URL,
  };
  const { SLACK_BOT_TOKEN, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET } = settings;
  if (SLACK_BOT_TOKEN !== undefined) {
    return [createSlackPlatform({ ...parts, settings: { ...connection, botToken: SLACK_BOT_TOKEN } })];
  }
  if (SLACK_CLIENT_ID === undefined || SLACK_CLIENT_SECRET === undefined || SLACK_STATE_SECRET === undefined) return [];
  const oauth = {
    clientId: SLACK_CLIENT_ID,
    clientSecret: SLACK_CLIENT_SECRET,
    stateSecret: SLACK_STATE_SECRET,
  };
  return [createSlackPlatform({ ...parts, settings: { ...connection, oauth } })];
}

/** None without its token. */
function openDiscord(
  { DISCORD_TOKEN: token, DISCORD_GUILD_ID: guildId, DISCORD_SHARDS: shards, DISCORD_API_URL: apiUrl }: Environment,
  parts: Omit<Parameters<typeof createDiscordPlatform>[0], "settings">,
): Platform[] {
  return token === undefined ? [] : [createDiscordPlatform({ ...parts, settings: { token, guildId, shards, apiUrl } })];
}

async function checkFolder(dir: string | undefined): Promise<void> {
  if (dir === undefined || (await stat(dir).catch(() => undefined))?.isDirectory() === true) return;
  throw new Failure("invalid-config", "WIKI_DIR: is no folder that can be read");
}

/** Where people read the articles of `WIKI_DIR`: here, unless they are published elsewhere. */
function articlesUrl({ WIKI_URL, HOST, PORT }: Environment): string {
  if (WIKI_URL !== undefined) return WIKI_URL.replace(/\/$/, "");
  // A port that is not known yet leaves an address for the web page alone.
  return PORT === 0 ? ARTICLES_PATH : `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}${ARTICLES_PATH}`;
}

/** Wikimedia counts the requests to all its projects together. */
function budgetScope(settings: Environment): string {
  if (asksWikimedia(settings)) return "wikimedia";
  return mediaWikiId({ apiUrl: settings.WIKI_API_URL, language: settings.WIKI_LANGUAGE });
}

function requestsPerMinute(settings: Environment): number {
  if (!asksWikimedia(settings)) return OWN_WIKI_PER_MINUTE;
  return settings.WIKI_CONTACT === undefined ? WIKIMEDIA_PER_MINUTE.unidentified : WIKIMEDIA_PER_MINUTE.identified;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "0";
}
