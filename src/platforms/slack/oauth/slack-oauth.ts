import { webApi } from "@slack/bolt";
import { z } from "zod";
import type { Log } from "../../../core/log.ts";
import { untilAnswered } from "../../until-answered.ts";
import { clientOptions } from "../slack-api.ts";
import { toSlackError } from "../slack-error.ts";
import type { Installation } from "./kept-installations.ts";
import { SCOPES } from "./scopes.ts";

export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** How long a browser waits while Slack is asked who we are. */
const PATIENCE_MS = 5_000;

const expiring = {
  access_token: z.string(),
  refresh_token: z.string().optional(),
  /** Seconds. */
  expires_in: z.number().optional(),
};
const granted = z.object({
  ...expiring,
  bot_user_id: z.string(),
  is_enterprise_install: z.boolean().optional(),
  team: z.object({ id: z.string(), name: z.string() }).nullable(),
});
const renewed = z.object(expiring);
const authTest = z.object({ bot_id: z.string() });

/** Slack's side of installing an app. Its own `InstallProvider` writes to Node's responses and lets replicas use one refresh token twice. */
export interface SlackOAuth {
  /** Slack's page where somebody allows Footnote. It sends the browser back to the one redirect URL in the app's settings. */
  authorizeUrl(state: string): string;
  /** What a code of Slack's is worth; `undefined` for a whole organisation. @throws {SlackRefusal} @throws {SlackSilence} */
  install(code: string): Promise<Installation | undefined>;
  /** The next token; the refresh token is used up. @throws {SlackRefusal} @throws {SlackSilence} */
  refresh(refreshToken: string): Promise<Pick<Installation, "token" | "rotation">>;
}

export function createSlackOAuth({
  client: { clientId, clientSecret },
  apiUrl,
  log,
}: {
  readonly client: OAuthClient;
  /** `https://slack.com/api/` */
  readonly apiUrl: string;
  readonly log: Log;
}): SlackOAuth {
  const options = clientOptions(apiUrl, log);
  const nobody = new webApi.WebClient(undefined, options);

  async function access(args: Readonly<Record<string, string>>): Promise<unknown> {
    return ask(nobody, "oauth.v2.access", { client_id: clientId, client_secret: clientSecret, ...args });
  }

  return {
    authorizeUrl(state) {
      const url = new URL("../oauth/v2/authorize", apiUrl);
      url.search = new URLSearchParams({ client_id: clientId, scope: SCOPES.join(","), state }).toString();
      return url.href;
    },
    async install(code) {
      const reply = granted.parse(await access({ code }));
      if (reply.team === null || reply.is_enterprise_install === true) return undefined;
      const self = new webApi.WebClient(reply.access_token, options);
      // The code is used up: it would be a pity to begin again.
      const known = await untilAnswered(() => ask(self, "auth.test", {}), undefined, { patienceMs: PATIENCE_MS });
      return {
        team: reply.team.id,
        teamName: reply.team.name,
        user: reply.bot_user_id,
        bot: authTest.parse(known).bot_id,
        ...tokenOf(reply),
      };
    },
    async refresh(refreshToken) {
      return tokenOf(renewed.parse(await access({ grant_type: "refresh_token", refresh_token: refreshToken })));
    },
  };
}

async function ask(client: webApi.WebClient, method: string, args: Readonly<Record<string, string>>): Promise<unknown> {
  try {
    return await client.apiCall(method, args);
  } catch (error) {
    throw toSlackError(error);
  }
}

function tokenOf({
  access_token: token,
  refresh_token: refreshToken,
  expires_in: expiresInSeconds,
}: z.infer<typeof renewed>): Pick<Installation, "token" | "rotation"> {
  if (refreshToken === undefined || expiresInSeconds === undefined) return { token };
  return { token, rotation: { refreshToken, expiresAt: Date.now() + expiresInSeconds * 1_000 } };
}
