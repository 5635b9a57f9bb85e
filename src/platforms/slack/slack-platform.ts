import { setTimeout as sleep } from "node:timers/promises";
import { App, LogLevel } from "@slack/bolt";
import { z } from "zod";
import { Failure } from "../../core/failure.ts";
import type { Platform } from "../../core/platform.ts";
import { createEventsRoute } from "./events-route.ts";
import type { Identity } from "./inbound.ts";
import { addListeners } from "./listeners.ts";
import { readContext } from "./read-context.ts";
import { createReceiver } from "./receiver.ts";
import { toReplyPlace } from "./reply-place.ts";
import { toReplyState } from "./reply-progress.ts";
import { createReplySink, type Pace } from "./reply-sink.ts";
import { createSlackApi } from "./slack-api.ts";
import { isRevoked } from "./slack-error.ts";
import { slackLogger } from "./slack-logger.ts";
import type { SlackParts } from "./slack-parts.ts";
import { createSocketConnection } from "./socket-connection.ts";
import type { Workspaces } from "./workspaces.ts";

export interface SlackSettings {
  readonly botToken: string;
  /** With it: Socket Mode. Without it Slack posts events to `routes`. */
  readonly appToken?: string | undefined;
  /** Required without `appToken`. */
  readonly signingSecret?: string | undefined;
  /** `https://slack.com/api/` */
  readonly apiUrl: string;
  /** Default: 200 ms, then 1 s, which some hundred appends and fifty edits a minute allow. */
  readonly pace?: Pace;
}

export interface SlackPlatformOptions extends Omit<SlackParts, "workspaces"> {
  readonly settings: SlackSettings;
}

export interface SlackPlatform extends Platform {
  /** What to mount on the HTTP platform's port; empty in Socket Mode. */
  readonly routes: readonly EventsRoute[];
}

export type EventsRoute = ReturnType<typeof createEventsRoute>;

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

const authTest = z.object({ team_id: z.string(), user_id: z.string(), bot_id: z.string() });

/** One workspace, by its bot token. A token that Slack refuses turns Slack off, and nothing else. */
export function createSlackPlatform(options: SlackPlatformOptions): SlackPlatform {
  const { store, settings, log } = options;
  const { botToken, appToken, signingSecret, apiUrl, pace = { firstTextMs: 200, nextTextMs: 1_000 } } = settings;
  const stopping = new AbortController();
  const known = Promise.withResolvers<Identity>();
  const receiver = createReceiver();
  let isListening = false;
  let isPaused = false;
  let isOff = false;

  const api = createSlackApi({ token: botToken, apiUrl, log, onRevoked: turnOff });
  const workspaces: Workspaces = { api: () => api, identity: () => known.promise };
  const socket =
    appToken === undefined
      ? undefined
      : createSocketConnection({ appToken, apiUrl, deliver: receiver.deliver, onRevoked: turnOff, log });
  const routes =
    appToken !== undefined || signingSecret === undefined
      ? []
      : [
          createEventsRoute({
            signingSecret,
            isOpen: () => isListening && !isPaused && !isOff,
            deliver: receiver.deliver,
            log,
          }),
        ];

  // Whoever needs it hears of it; there may be nobody.
  known.promise.catch(() => undefined);

  function turnOff(code: string): void {
    if (isOff) return;
    isOff = true;
    known.reject(new Failure("delivery-failed", "Slack refuses the token"));
    log.error({ code }, "Slack refuses the token: Slack is off until Footnote is started with a new one");
    void socket?.stop();
  }

  /** Bolt's part: whose event it is, which listener it concerns. */
  function openApp(self: Identity): void {
    const app = new App({
      receiver,
      authorize: async () => ({ botToken, botId: self.bot, botUserId: self.user, teamId: self.team }),
      convoStore: false,
      logger: slackLogger(log),
      logLevel: LogLevel.INFO,
      clientOptions: { slackApiUrl: apiUrl },
    });
    addListeners(app, { ...options, workspaces });
    isListening = true;
    app.error(async (error) => {
      // Bolt's own handler would log it, and we do where it is not acked.
      throw "original" in error && error.original instanceof Error ? error.original : error;
    });
  }

  /** Asks Slack who we are until it answers, then listens. */
  async function connect(tried: () => void): Promise<void> {
    for (let waitMs = FIRST_WAIT_MS; !stopping.signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        const {
          team_id: team,
          user_id: user,
          bot_id: bot,
        } = authTest.parse(await api.once("auth.test", {}, stopping.signal));
        known.resolve({ team, user, bot });
        openApp({ team, user, bot });
        await socket?.start();
        log.info({ team, mode: socket === undefined ? "http" : "socket" }, "Slack is on");
        return;
      } catch (error) {
        if (stopping.signal.aborted || isRevoked(error)) return;
        log.warn({ err: error, waitMs }, "Slack cannot be reached");
      }
      tried();
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  return {
    name: "slack",
    routes,
    async start() {
      // A Slack that is away does not keep the rest of Footnote from starting.
      const tried = Promise.withResolvers<void>();
      connect(tried.resolve)
        .catch((error: unknown) => log.error({ err: error }, "Slack is off"))
        .finally(tried.resolve);
      await tried.promise;
    },
    async pause() {
      isPaused = true;
      await socket?.stop();
    },
    async stop() {
      isPaused = true;
      stopping.abort(new Failure("cancelled", "stopping"));
      known.reject(stopping.signal.reason);
      await socket?.stop();
    },
    openReply({ id, replyTo, progress }, signal) {
      const place = toReplyPlace(replyTo);
      return createReplySink({
        api: workspaces.api(place.team),
        place,
        pace,
        exchange: id,
        self: workspaces.identity(place.team),
        resume: toReplyState(progress),
        save: (state) => store.progress(id, { ...state }),
        signal,
        log: log.child({ exchange: id }),
      });
    },
    readContext: ({ replyTo }, signal) => readContext(toReplyPlace(replyTo), { workspaces, store }, signal),
  };
}
