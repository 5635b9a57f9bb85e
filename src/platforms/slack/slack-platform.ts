import { setTimeout as sleep } from "node:timers/promises";
import { App, AuthorizationError, LogLevel } from "@slack/bolt";
import { Failure } from "../../core/failure.ts";
import type { Platform } from "../../core/platform.ts";
import type { Pace } from "../showing.ts";
import { createEventsRoute } from "./events-route.ts";
import { addListeners } from "./listeners.ts";
import { createTextsOf } from "./locale.ts";
import { createInstalledWorkspaces, type OAuthSettings } from "./oauth/installed-workspaces.ts";
import { createOneWorkspace } from "./one-workspace.ts";
import { readContext } from "./read-context.ts";
import { openSlackReply } from "./open-slack-reply.ts";
import { createReceiver } from "./receiver.ts";
import { toReplyPlace } from "./reply-place.ts";
import { createReplyTurns } from "./reply-turns.ts";
import { isRevoked } from "./slack-error.ts";
import { slackLogger } from "./slack-logger.ts";
import type { SlackParts } from "./slack-parts.ts";
import type { SlackRoute } from "./slack-route.ts";
import { createSocketConnection } from "./socket-connection.ts";
import { isNobodys, whoseEvent } from "./whose-event.ts";
import type { Tenancy } from "./workspaces.ts";

interface Connection {
  /** With it: Socket Mode. Without it Slack posts events to `routes`. */
  readonly appToken?: string | undefined;
  /** Required without `appToken`. */
  readonly signingSecret?: string | undefined;
  /** `https://slack.com/api/` */
  readonly apiUrl: string;
  /** Default: 200 ms, then 1 s, which some hundred appends and fifty edits a minute allow. */
  readonly pace?: Pace;
  /** Milliseconds of silence after which somebody who asked Footnote sees that it was heard. Default: 1 s. */
  readonly firstSignMs?: number;
}

/** One workspace by its bot token, or as many as install Footnote by OAuth. */
export type SlackSettings = Connection & ({ readonly botToken: string } | { readonly oauth: OAuthSettings });

export interface SlackPlatformOptions extends Omit<SlackParts, "workspaces" | "textsOf"> {
  readonly settings: SlackSettings;
}

export interface SlackPlatform extends Platform {
  /** What to mount on the HTTP platform's port: where Slack posts events, unless in Socket Mode, and the pages of OAuth. */
  readonly routes: readonly SlackRoute[];
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** A token that Slack refuses turns Slack off, or the workspace it is of, and nothing else. */
export function createSlackPlatform(options: SlackPlatformOptions): SlackPlatform {
  const { store, settings, log } = options;
  const { appToken, signingSecret, apiUrl, pace = { firstTextMs: 200, nextTextMs: 1_000 } } = settings;
  const { firstSignMs = 1_000 } = settings;
  const stopping = new AbortController();
  const receiver = createReceiver();
  const turns = createReplyTurns();
  let isListening = false;
  let isPaused = false;
  let isOff = false;

  const workspaces: Tenancy =
    "oauth" in settings
      ? createInstalledWorkspaces({ settings: settings.oauth, apiUrl, installations: store.installations, log })
      : createOneWorkspace({ botToken: settings.botToken, apiUrl, onRevoked: turnOff, log });
  const textsOf = createTextsOf({ workspaces, log });
  const socket =
    appToken === undefined
      ? undefined
      : createSocketConnection({ appToken, apiUrl, deliver: receiver.deliver, onRevoked: turnOff, log });
  const eventsRoutes =
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

  function turnOff(code: string): void {
    if (isOff) return;
    isOff = true;
    log.error({ code }, "Slack refuses the token: Slack is off until Footnote is started with a new one");
    void socket?.stop();
  }

  /** Bolt's part: whose event it is, which listener it concerns. It gets no token: calls are ours. */
  function openApp(): void {
    const app = new App({
      receiver,
      authorize: async ({ teamId = "" }, body) => {
        const { team, user, bot } = await whoseEvent(teamId, body, { tenancy: workspaces, store });
        return { teamId: team, botUserId: user, botId: bot };
      },
      convoStore: false,
      logger: slackLogger(log),
      logLevel: LogLevel.INFO,
      clientOptions: { slackApiUrl: apiUrl },
    });
    workspaces.addListeners(app);
    addListeners(app, { ...options, workspaces, textsOf });
    isListening = true;
    app.error(async (error) => {
      const reason = "original" in error && error.original instanceof Error ? error.original : error;
      // Bolt's own handler would log it, and we do where it is not acked.
      if (!(error instanceof AuthorizationError) || !isNobodys(reason)) throw reason;
      log.info({ reason: reason.message }, "event of a workspace where Footnote is not");
    });
  }

  /** Asks Slack who we are until it answers, then listens. */
  async function connect(tried: () => void): Promise<void> {
    for (let waitMs = FIRST_WAIT_MS; !stopping.signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        const known = await workspaces.meet(stopping.signal);
        if (!isListening) openApp();
        await socket?.start();
        log.info({ ...known, mode: socket === undefined ? "http" : "socket" }, "Slack is on");
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
    routes: [...eventsRoutes, ...workspaces.routes],
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
      workspaces.stop();
      await socket?.stop();
    },
    openReply: (target, signal) =>
      openSlackReply({ workspaces, textsOf, store, pace, firstSignMs, turns, log }, target, signal),
    readContext: ({ replyTo }, signal) => readContext(toReplyPlace(replyTo), { workspaces, store }, signal),
  };
}
