import type { App } from "@slack/bolt";
import type { Installations } from "../../../core/exchange.ts";
import { Failure } from "../../../core/failure.ts";
import type { Log } from "../../../core/log.ts";
import { untilAnswered } from "../../until-answered.ts";
import type { Identity } from "../inbound.ts";
import { isRevoked } from "../slack-error.ts";
import type { Tenancy } from "../workspaces.ts";
import { createInstallRoutes } from "./install-routes.ts";
import { createInstallStates } from "./install-state.ts";
import { createInstalledWorkspace, type InstalledWorkspace } from "./installed-workspace.ts";
import { keepInstallations } from "./kept-installations.ts";
import { createSealing } from "./sealing.ts";
import { createSlackOAuth, type OAuthClient } from "./slack-oauth.ts";

export interface OAuthSettings extends OAuthClient {
  /** Signs states, and seals what is kept of workspaces. */
  readonly stateSecret: string;
}

export interface InstalledWorkspacesOptions {
  readonly settings: OAuthSettings;
  readonly apiUrl: string;
  readonly installations: Installations;
  readonly log: Log;
}

/** Workspaces in memory; the one that was not heard of for longest goes first, and is read again. */
const REMEMBERED = 1_000;

/** Every workspace that has installed Footnote by OAuth. */
export function createInstalledWorkspaces({
  settings,
  apiUrl,
  installations,
  log,
}: InstalledWorkspacesOptions): Tenancy {
  const stopping = new AbortController();
  const oauth = createSlackOAuth({ client: settings, apiUrl, log });
  const kept = keepInstallations(installations, createSealing(settings.stateSecret));
  const workspaces = new Map<string, InstalledWorkspace>();

  function of(team: string): InstalledWorkspace {
    const workspace =
      workspaces.get(team) ?? createInstalledWorkspace({ team, kept, oauth, apiUrl, signal: stopping.signal, log });
    workspaces.delete(team);
    workspaces.set(team, workspace);
    const [oldest] = workspaces.keys();
    if (workspaces.size > REMEMBERED && oldest !== undefined) workspaces.delete(oldest);
    return workspace;
  }

  async function recognise(team: string): Promise<Identity> {
    const { user, bot } = await of(team).installation();
    return { team, user, bot };
  }

  /** Slack says that it is over. It may have said so long ago: what counts is whether the token is still good. */
  async function check(team: string): Promise<void> {
    try {
      await of(team).api.once("auth.test", {}, stopping.signal);
    } catch (error) {
      const isOver = isRevoked(error) || (error instanceof Failure && error.kind === "delivery-failed");
      if (!isOver) throw error;
    }
  }

  return {
    api: (team) => of(team).api,
    identity(team) {
      const identity = untilAnswered(() => recognise(team), stopping.signal);
      // Whoever needs it hears of it; there may be nobody.
      identity.catch(() => undefined);
      return identity;
    },
    recognise,
    async meet() {
      return { install: "/slack/install" };
    },
    addListeners(app: App) {
      app.event("app_uninstalled", ({ body }) => check(body.team_id));
      app.event("tokens_revoked", ({ body }) => check(body.team_id));
    },
    routes: createInstallRoutes({
      oauth,
      states: createInstallStates(settings.stateSecret),
      async add(installation) {
        await kept.keep(installation);
        of(installation.team).forget();
        log.info({ team: installation.team }, "installed in a workspace");
      },
      log,
    }),
    stop() {
      stopping.abort(new Failure("cancelled", "stopping"));
    },
  };
}
