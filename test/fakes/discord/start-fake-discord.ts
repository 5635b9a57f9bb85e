import { EventEmitter, once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { listen } from "../slack/front-door.ts";
import { createTroubles } from "../slack/troubles.ts";
import { createVirtualClock } from "../slack/virtual-clock.ts";
import { createActions } from "./actions.ts";
import { createAdministration } from "./administration.ts";
import { createAnnouncer } from "./announcer.ts";
import { createCommandBook } from "./command-book.ts";
import { createDirectory } from "./directory.ts";
import type { FakeDiscord, FakeDiscordOptions, PrivilegedIntent } from "./fake-discord.ts";
import { guildFields, userFields } from "./fields.ts";
import { openGateway, type OpenGateway } from "./gateway.ts";
import { createInteractionReplies } from "./interaction-replies.ts";
import { createInteractions } from "./interactions.ts";
import { INTENT } from "./intents.ts";
import { createInvalidRequests } from "./invalid-requests.ts";
import { createNonces } from "./nonces.ts";
import { createRateLimits } from "./rate-limits.ts";
import { createRestApi, type ApiCall, type Fault } from "./rest-api.ts";
import { transcriptOf } from "./transcript.ts";
import { World } from "./world.ts";

export type { FakeDiscord, FakeDiscordOptions } from "./fake-discord.ts";

/** A client acks no event, so that only looking tells what it has made of one. Real milliseconds. */
const LOOK_AGAIN_MS = 20;

/** Docs, *Application Flags*: the intent, and its switch for bots in fewer than 100 guilds. */
const CONTENT_FLAG = 1 << 19;

/**
 * A strict Discord on loopback for tests: REST API and gateway for one bot, with people who write, click and run commands,
 * and a transcript of what they see. It refuses what Discord refuses, with Discord's codes, and keeps a list of it; a test
 * ends with `assert.deepEqual(discord.faults, [])`.
 *
 *     await using discord = await startFakeDiscord();
 *     const alice = discord.addPerson("alice");
 *     const client = new Client({ intents: […], rest: { api: discord.apiUrl, version: "10" } });
 *     await client.login(discord.token);
 *     const question = alice.mention(discord.general, "who was Ada Lovelace?");
 *     await discord.until(() => discord.channel(question.id).entries().length === 1); // the thread made from it
 *     discord.channel(question.id).text(); // "Footnote: Ada Lovelace was …"
 *
 * Minutes pass with `await discord.clock.advance(60_000)`, or all the time with `speed`.
 */
export async function startFakeDiscord(options: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const { speed = 1, interactionMs = 3000, heartbeatMs = 41_250, rates = {}, globalPerSecond = 50 } = options;
  const { privilegedIntents = ["MESSAGE_CONTENT"], shards = 1, permissions = [] } = options;
  const { sessionStarts = 1000, maxConcurrency = 1, identifyEveryMs = 0 } = options;
  const token = "fake.discord.token";
  let isTokenValid = true;
  const clock = createVirtualClock(speed);
  const world = new World(clock);
  const faults: Fault[] = [];
  const calls: ApiCall[] = [];
  const troubles = createTroubles();
  const served = new EventEmitter().setMaxListeners(0);
  const notify = (): void => void served.emit("served");
  const fault = (route: string, code: number, detail: string): void => void faults.push({ route, code, detail });

  const directory = createDirectory(world, { name: "Footnote", permissions });
  const { bot, home, general } = directory;
  const app = { id: bot.id, name: bot.name };
  const { server, origin } = await listen();
  const gateway: OpenGateway = openGateway({
    server,
    clock,
    heartbeatMs,
    sessionStarts,
    maxConcurrency,
    identifyEveryMs,
    disallowedIntents: disallowed(privilegedIntents),
    isTokenValid: (given) => isTokenValid && given === token,
    readyFields,
    fault: (code, detail) => fault("gateway", code, detail),
    onChange: notify,
  });
  const announcer = createAnnouncer({ world, bot: bot.id, tell: (event) => gateway.tell(event) });
  const actions = createActions({ world, announcer });
  const commands = createCommandBook(world, clock);
  const replies = createInteractionReplies({ world, actions, app: app.id });
  const interactions = createInteractions({
    world,
    clock,
    replies,
    app: app.id,
    deadlineMs: interactionMs * speed,
    tell: (event) => gateway.tell(event),
    fault: (code, detail) => fault("interaction", code, detail),
  });
  const appFlags = privilegedIntents.includes("MESSAGE_CONTENT") ? CONTENT_FLAG : 0;
  const gatewayFields = { url: origin.replace("http", "ws"), shards };
  const api = createRestApi({
    office: {
      nonces: createNonces(world),
      world,
      clock,
      actions,
      announcer,
      commands,
      interactions,
      replies,
      gateway,
      app,
      gatewayFields,
      appFlags,
    },
    limits: createRateLimits(clock),
    invalidRequests: createInvalidRequests(clock, options.invalidRequests ?? 10_000),
    troubles,
    faults,
    calls,
    rates,
    globalPerSecond,
    isTokenValid: (given) => isTokenValid && given === token,
  });

  const administration = createAdministration({
    directory,
    world,
    actions,
    announcer,
    commands,
    interactions,
    replies,
  });

  server.on("request", (incoming, reply) => {
    api
      .serve(incoming, reply, new URL(incoming.url ?? "", origin))
      .catch((error: unknown) => {
        fault(incoming.url ?? "", 0, `the fake is broken: ${String(error)}`);
        reply.destroy();
      })
      .finally(notify);
  });

  function readyFields(hasShard: (guild: string) => boolean) {
    const guilds = [...world.guilds.values()].filter(({ id, members }) => members.has(bot.id) && hasShard(id));
    return {
      ready: {
        user: { ...userFields(bot), verified: true, mfa_enabled: false, email: null, flags: 0 },
        guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
        application: { id: app.id, flags: appFlags },
      },
      events: guilds.map((guild) => ({
        name: "GUILD_CREATE",
        data: guildFields(guild, world, bot.id),
        guild: guild.id,
      })),
    };
  }

  async function close(): Promise<void> {
    clock.stop();
    await gateway.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  return {
    apiUrl: `${origin}/api`,
    app,
    token,
    guild: home.id,
    general: general.id,
    world,
    clock,
    gateway,
    faults,
    calls,
    ...administration,
    revokeToken() {
      isTokenValid = false;
      gateway.closeAll(4004);
    },
    replay: (event) => gateway.tell(event),
    channel: (id) => transcriptOf(world, id),
    messages: (channel) => world.messagesIn(channel),
    threads: (channel) => world.threadsOf(channel).map(({ id }) => id),
    nameOf: (channel) => world.channels.get(channel)?.name,
    commands: (guild) => commands.list(guild).map(({ body }) => body),
    async until(isSo) {
      while (!isSo()) {
        const change = new AbortController();
        await Promise.race([
          once(world.changes, "change", change),
          once(served, "served", change),
          delay(LOOK_AGAIN_MS, undefined, change),
        ]);
        change.abort();
      }
    },
    fail: (route, trouble, times) => troubles.plan(route, trouble, times),
    failSometimes: (frequent) => troubles.sometimes(frequent),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function disallowed(privileged: readonly PrivilegedIntent[]): number {
  const all: readonly PrivilegedIntent[] = ["GUILD_MEMBERS", "GUILD_PRESENCES", "MESSAGE_CONTENT"];
  return all.filter((name) => !privileged.includes(name)).reduce((bits, name) => bits | INTENT[name], 0);
}
