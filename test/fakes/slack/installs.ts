import type { Fields, Token } from "./entities.ts";
import { Refusal } from "./refusal.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** Life of a code, and of a token that is rotated (docs, *Installing with OAuth*, *Token rotation*). */
const CODE_LIFE_MS = 10 * 60_000;
const TOKEN_LIFE_SECONDS = 43_200;
/** The redirect URL in the app's settings: where Slack sends browsers when it is not told otherwise. */
const REDIRECT_URL = "https://footnote.example/slack/oauth_redirect";

/** What tells of an installation in a whole organisation. */
const ORGANISATION = { team: null, enterprise: { id: "E0UNION", name: "Union" }, is_enterprise_install: true };

export interface Client {
  readonly id: string;
  readonly secret: string;
}

export interface Grant {
  readonly team: string;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  /** For every workspace of the organisation at once. */
  readonly isForOrganisation: boolean;
}

/** What somebody chooses on Slack's page. */
export type Choice = "allow" | "allow-for-organisation" | "decline";

/** Installing the app into a workspace by OAuth. */
export interface Installs {
  readonly client: Client;
  /** What the browser of somebody who allows the app is sent to, or who declines it. */
  answer(authorizeUrl: string, by: { readonly id: string; readonly team: string }, choice: Choice): string;
  /** @throws {Refusal} */
  exchange(client: Client, code: string, redirectUri: string | undefined): Fields;
  /** @throws {Refusal} `invalid_refresh_token` */
  refresh(client: Client, refreshToken: string): Fields;
}

export function createInstalls({
  clock,
  rotates,
  install,
}: {
  readonly clock: VirtualClock;
  /** Whether tokens expire after twelve hours and are rotated. */
  readonly rotates: boolean;
  /** Makes a new token of the app's in a team, with the reply's fields that describe it. */
  install(grant: Grant): { readonly token: Token; readonly reply: Fields };
}): Installs {
  const client = { id: "1.fake-client", secret: "fake-client-secret" };
  const codes = new Map<string, Grant & { readonly at: number; isUsed: boolean }>();
  const refreshTokens = new Map<string, Grant>();
  let count = 0;

  function checkClient(given: Client): void {
    if (given.id !== client.id) throw new Refusal("invalid_client_id");
    if (given.secret !== client.secret) throw new Refusal("bad_client_secret");
  }

  function issue(grant: Grant): Fields {
    const { token, reply: given } = install(grant);
    const reply = grant.isForOrganisation ? { ...given, ...ORGANISATION } : given;
    const authed = { authed_user: { id: grant.user } };
    if (!rotates) return { ...reply, ...authed };
    const refreshToken = `xoxe-1-fake-${(count += 1)}`;
    refreshTokens.set(refreshToken, grant);
    clock.after(TOKEN_LIFE_SECONDS * 1000, () => {
      if (token.state === "valid") token.state = "token_expired";
    });
    return { ...reply, ...authed, refresh_token: refreshToken, expires_in: TOKEN_LIFE_SECONDS };
  }

  return {
    client,
    answer(authorizeUrl, by, choice) {
      const asked = new URL(authorizeUrl).searchParams;
      if (asked.get("client_id") !== client.id) throw new Error("Slack would show: invalid client_id");
      const redirectUri = asked.get("redirect_uri") ?? REDIRECT_URL;
      const target = new URL(redirectUri);
      const state = asked.get("state");
      if (state !== null) target.searchParams.set("state", state);
      if (choice === "decline") {
        target.searchParams.set("error", "access_denied");
        return target.href;
      }
      const code = `code-${(count += 1)}`;
      const scopes = (asked.get("scope") ?? "").split(",");
      const isForOrganisation = choice === "allow-for-organisation";
      const grant = { team: by.team, user: by.id, scopes, redirectUri, isForOrganisation };
      codes.set(code, { ...grant, at: clock.now(), isUsed: false });
      target.searchParams.set("code", code);
      return target.href;
    },
    exchange(given, code, redirectUri) {
      checkClient(given);
      const grant = codes.get(code);
      if (grant === undefined || clock.now() - grant.at > CODE_LIFE_MS) throw new Refusal("invalid_code");
      if (grant.isUsed) throw new Refusal("code_already_used");
      if (redirectUri !== undefined && redirectUri !== grant.redirectUri) throw new Refusal("bad_redirect_uri");
      grant.isUsed = true;
      return issue(grant);
    },
    refresh(given, refreshToken) {
      checkClient(given);
      const grant = refreshTokens.get(refreshToken);
      if (grant === undefined) throw new Refusal("invalid_refresh_token");
      refreshTokens.delete(refreshToken);
      return issue(grant);
    },
  };
}
