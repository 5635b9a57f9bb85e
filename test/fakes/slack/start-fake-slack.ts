import { EventEmitter, once } from "node:events";
import { createAnnouncer } from "./announcer.ts";
import { createCourier } from "./courier.ts";
import { botOf, createDirectory } from "./directory.ts";
import type { User } from "./entities.ts";
import type { FakeSlack, FakeSlackOptions } from "./fake-slack.ts";
import { Files } from "./files.ts";
import { listen, openFrontDoor } from "./front-door.ts";
import { openHttpMode } from "./http-mode.ts";
import { createInstalls } from "./installs.ts";
import { createInteractions } from "./interactions.ts";
import { closeStream } from "./methods/streams.ts";
import { createPerson, type Person } from "./person.ts";
import { createRateLimits } from "./rate-limits.ts";
import { createResponseUrls } from "./response-urls.ts";
import { openSocketMode } from "./socket-mode.ts";
import { channelTranscript, threadTranscript } from "./transcript.ts";
import { createRandom, createTroubles } from "./troubles.ts";
import { Views } from "./views.ts";
import { createVirtualClock } from "./virtual-clock.ts";
import { createWebApi, type Fault, type WebApiCall } from "./web-api.ts";
import { World } from "./world.ts";

export type { FakeSlack, FakeSlackOptions } from "./fake-slack.ts";

/** What an app like ours asks for in its manifest. */
const SCOPES = [
  "app_mentions:read",
  "assistant:write",
  "channels:history",
  "chat:write",
  "commands",
  "files:write",
  "groups:history",
  "im:history",
  "mpim:history",
  "reactions:write",
  "users:read",
];
const EVENTS = [
  "agent_session_stopped",
  "app_home_opened",
  "app_mention",
  "app_uninstalled",
  "message.channels",
  "message.groups",
  "message.im",
  "message.mpim",
  "tokens_revoked",
];

/**
 * A strict Slack on loopback for tests: Web API, Socket Mode and signed HTTP requests for one app, with people who write,
 * click and type commands, and a transcript of what they see. It refuses what Slack refuses, in Slack's words, and keeps
 * a list of it; a test ends with `assert.deepEqual(slack.faults, [])`.
 *
 *     await using slack = await startFakeSlack();
 *     const alice = slack.addPerson("alice");
 *     const app = new App({ token: slack.botToken, appToken: slack.appToken, socketMode: true,
 *                           clientOptions: { slackApiUrl: slack.apiUrl } });
 *     await app.start();
 *     const question = await alice.mention(slack.general, "who was Ada Lovelace?");
 *     await slack.until(() => slack.thread(slack.general, question.thread).entries().length === 2);
 *     slack.thread(slack.general, question.thread).text(); // "alice: @Footnote who was …\nFootnote: …"
 *
 * Over HTTP: `slack.useHttp("http://127.0.0.1:PORT/slack/events")` once the app listens. Minutes pass with
 * `await slack.clock.advance(60_000)`, or all the time with `speed`.
 */
export async function startFakeSlack(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const { speed = 1, ackMs = 3000, rates = {}, streamLifeMs = 300_000, seed = 1 } = options;
  const { scopes = SCOPES, events: subscriptions = EVENTS } = options;
  const app = { id: "A0FOOTNOTE", name: "Footnote" };
  const signingSecret = "fake-signing-secret";
  const appToken = "xapp-fake";
  const clock = createVirtualClock(speed);
  const world = new World(clock);
  const views = new Views();
  const faults: Fault[] = [];
  const calls: WebApiCall[] = [];
  const troubles = createTroubles();
  const served = new EventEmitter().setMaxListeners(0);
  const notify = (): void => void served.emit("served");
  const fault = (method: string, error: string, detail: string): void => void faults.push({ method, error, detail });

  const { server, origin } = await listen();
  const socket = openSocketMode({
    server,
    clock,
    random: createRandom(seed),
    appId: app.id,
    fault: (error, detail) => fault("socket mode", error, detail),
    onChange: notify,
  });
  const courier = createCourier({ transport: socket, clock, ackMs: ackMs * speed });
  const announcer = createAnnouncer({ world, courier, appId: app.id, subscriptions });
  const address = (path: string): string => origin + path;
  const files = new Files(address);
  const urls = createResponseUrls({ world, clock, announcer, files });
  const { home, general, install, addTeam, addChannel, addUser } = createDirectory({ world, app, scopes });
  const installs = createInstalls({
    clock,
    rotates: options.rotatesTokens ?? false,
    install({ team, scopes: granted }) {
      const token = install(team, granted);
      const reply = {
        access_token: token.value,
        token_type: "bot",
        scope: granted.join(","),
        bot_user_id: token.user,
        app_id: app.id,
        team: { id: team, name: world.teams.get(team)?.name },
        enterprise: null,
        is_enterprise_install: false,
      };
      return { token, reply };
    },
  });
  const interactions = createInteractions({ world, clock, courier, views, urls, appId: app.id, botOf, address, fault });
  const api = createWebApi({
    office: {
      world,
      clock,
      announcer,
      views,
      installs,
      files,
      app,
      streamLifeMs,
      openConnection: () => socket.openConnection(),
    },
    limits: createRateLimits(clock),
    troubles,
    faults,
    calls,
    rates,
  });
  openFrontDoor(server, origin, { api: api.serve, urls, files, fault, onServed: notify });

  world.tokens.set(appToken, {
    value: appToken,
    kind: "app",
    team: home.id,
    scopes: ["connections:write"],
    state: "valid",
  });

  function personOf({ user, direct }: { readonly user: User; readonly direct: string }): Person {
    const bot = (): string => (world.users.has(botOf(user.team)) ? botOf(user.team) : home.botUser);
    return createPerson(user, { world, announcer, interactions, views, bot, direct });
  }

  async function close(): Promise<void> {
    clock.stop();
    await socket.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  return {
    apiUrl: `${origin}/api/`,
    app,
    signingSecret,
    appToken,
    botToken: home.botToken,
    botUser: home.botUser,
    team: home.id,
    general,
    world,
    clock,
    socket,
    client: installs.client,
    faults,
    calls,
    files: () => files.all(),
    addTeam,
    addChannel,
    addPerson: (name, { team = home.id, ...as } = {}) => personOf(addUser(name, team, as)),
    addBot: (name, { team = home.id } = {}) =>
      personOf(addUser(name, team, { bot: { id: `B0${name.toUpperCase()}`, app: `A0${name.toUpperCase()}` } })),
    invite: (channel, user) => void world.channels.get(channel)?.members.add(user),
    allow: (url, person) => installs.answer(url, person, "allow"),
    allowForOrganisation: (url, person) => installs.answer(url, person, "allow-for-organisation"),
    decline: (url, person) => installs.answer(url, person, "decline"),
    useHttp(url) {
      const http = openHttpMode({ url, signingSecret, clock });
      courier.use(http);
      return http;
    },
    redeliver: (delivery, retry) => courier.redeliver(delivery, retry),
    duplicate({ kind, payload }) {
      for (const connection of socket.connections) connection.send(kind, payload);
    },
    async uninstall(team) {
      const tokens = { oauth: [], bot: [botOf(team)] };
      const told = [
        ...announcer.happened(team, { type: "tokens_revoked", tokens }),
        ...announcer.happened(team, { type: "app_uninstalled" }),
      ];
      for (const token of world.tokens.values()) {
        if (token.team === team && token.kind === "bot") token.state = "account_inactive";
      }
      await Promise.all(told.map(({ done }) => done));
    },
    setToken(value, state) {
      const token = world.tokens.get(value);
      if (token === undefined) throw new Error("there is no such token");
      token.state = state;
    },
    closeStream: (message) => closeStream(message, { world }),
    thread: (channel, thread) => threadTranscript(world, channel, thread),
    channel: (channel) => channelTranscript(world, channel),
    messages: (channel, thread) => world.thread(channel, thread),
    prompts: (channel, thread = "") => views.prompts.get(`${channel}:${thread}`) ?? [],
    titleOf: (channel, thread) => views.titles.get(`${channel}:${thread}`),
    async until(isSo) {
      while (!isSo()) {
        const change = new AbortController();
        await Promise.race([once(world.changes, "change", change), once(served, "served", change)]);
        change.abort();
      }
    },
    fail: (method, trouble, times) => troubles.plan(method, trouble, times),
    failSometimes: (frequent) => troubles.sometimes(frequent),
    close,
    [Symbol.asyncDispose]: close,
  };
}
