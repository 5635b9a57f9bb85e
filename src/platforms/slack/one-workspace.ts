import { z } from "zod";
import { Failure } from "../../core/failure.ts";
import type { Log } from "../../core/log.ts";
import type { Identity } from "./inbound.ts";
import { createSlackApi } from "./slack-api.ts";
import type { Tenancy } from "./workspaces.ts";

const authTest = z.object({ team_id: z.string(), user_id: z.string(), bot_id: z.string() });

export interface OneWorkspaceOptions {
  readonly botToken: string;
  readonly apiUrl: string;
  /** Called when Slack says that the token is worth nothing any more. */
  readonly onRevoked: (code: string) => void;
  readonly log: Log;
}

/** The workspace of a bot token. */
export function createOneWorkspace({ botToken, apiUrl, onRevoked, log }: OneWorkspaceOptions): Tenancy {
  const known = Promise.withResolvers<Identity>();
  // Whoever needs it hears of it; there may be nobody.
  known.promise.catch(() => undefined);

  const api = createSlackApi({
    credentials: {
      token: async () => botToken,
      async renew(_token, code) {
        known.reject(new Failure("delivery-failed", "Slack refuses the token"));
        onRevoked(code);
        return false;
      },
    },
    apiUrl,
    log,
  });

  return {
    api: () => api,
    identity: () => known.promise,
    recognise: () => known.promise,
    async meet(signal) {
      const self = authTest.parse(await api.once("auth.test", {}, signal));
      known.resolve({ team: self.team_id, user: self.user_id, bot: self.bot_id });
      return { team: self.team_id };
    },
    addListeners() {},
    routes: [],
    stop() {
      known.reject(new Failure("cancelled", "stopping"));
    },
  };
}
