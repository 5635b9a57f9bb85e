import { Failure } from "../../../core/failure.ts";
import type { Log } from "../../../core/log.ts";
import { SlackRefusal, SlackSilence } from "../slack-error.ts";
import type { SlackRoute } from "../slack-route.ts";
import { installedPage, installPage, type Refused, refusedPage, STYLESHEET, STYLESHEET_PATH } from "./install-pages.ts";
import { type InstallStates, isBrowser, newBrowser, STATE_LIFE_SECONDS } from "./install-state.ts";
import type { Installation } from "./kept-installations.ts";
import type { SlackOAuth } from "./slack-oauth.ts";

/** The code is somebody's mistake, or too old; what else Slack refuses is ours. */
const CODE_REFUSED: readonly string[] = ["invalid_code", "code_already_used"];

export interface InstallRoutesOptions {
  readonly oauth: Pick<SlackOAuth, "authorizeUrl" | "install">;
  readonly states: InstallStates;
  /** @throws {Failure} `store-unavailable` */
  readonly add: (installation: Installation) => Promise<void>;
  readonly log: Log;
}

/** What a browser sees of an installation: `GET /slack/install`, then Slack's own page, then `GET /slack/oauth_redirect`. */
export function createInstallRoutes({ oauth, states, add, log }: InstallRoutesOptions): SlackRoute[] {
  async function begin(request: Request): Promise<Response> {
    const known = browserOf(request);
    const browser = isBrowser(known) ? known : newBrowser();
    const response = installPage(oauth.authorizeUrl(states.issue(browser)));
    response.headers.set("Set-Cookie", cookieOf(request, browser, STATE_LIFE_SECONDS));
    return response;
  }

  async function finish(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const verdict = states.check(query.get("state") ?? "", browserOf(request));
    if (verdict !== "ok") return refusedPage(verdict);
    const response = query.has("error")
      ? refusedPage(refusalOf(query.get("error") ?? ""))
      : await install(query.get("code") ?? "");
    // No state of this browser's serves again.
    response.headers.set("Set-Cookie", cookieOf(request, "", 0));
    return response;
  }

  function refusalOf(error: string): Refused {
    if (error === "access_denied") return "declined";
    log.warn({ code: error.replaceAll(/\W/g, "").slice(0, 64) }, "Slack did not let Footnote be installed");
    return "misconfigured";
  }

  async function install(code: string): Promise<Response> {
    try {
      const installation = await oauth.install(code);
      if (installation === undefined) return refusedPage("organisation");
      await add(installation);
      return installedPage(installation.teamName);
    } catch (error) {
      const reason = reasonOf(error);
      log.warn({ err: error, reason }, "not installed");
      return refusedPage(reason);
    }
  }

  return [
    { method: "GET", path: "/slack/install", handle: begin },
    { method: "GET", path: "/slack/oauth_redirect", handle: finish },
    { method: "GET", path: STYLESHEET_PATH, handle: async () => stylesheet() },
  ];
}

function reasonOf(error: unknown): Refused {
  if (error instanceof SlackRefusal) return CODE_REFUSED.includes(error.code) ? "code-refused" : "misconfigured";
  if (error instanceof SlackSilence) return "slack-silent";
  if (error instanceof Failure && error.kind === "store-unavailable") return "store-unavailable";
  throw error;
}

function browserOf(request: Request): string | undefined {
  const name = cookieName(request);
  return request.headers
    .get("cookie")
    ?.split(";")
    .map((pair) => pair.trim().split("="))
    .find(([key]) => key === name)?.[1];
}

/** `Lax`, since it is Slack's page that sends the browser back. */
function cookieOf(request: Request, browser: string, lifeSeconds: number): string {
  const secure = isHttps(request) ? "; Secure" : "";
  return `${cookieName(request)}=${browser}; Path=/; Max-Age=${lifeSeconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** With the prefix no neighbouring host can set it, but only HTTPS may use it. */
function cookieName(request: Request): string {
  return isHttps(request) ? "__Host-footnote-slack" : "footnote-slack";
}

/** Whoever forges the header weakens no cookie but their own. */
function isHttps({ url, headers }: Request): boolean {
  const forwarded = headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
  return (forwarded ?? new URL(url).protocol.replace(":", "")) === "https";
}

function stylesheet(): Response {
  return new Response(STYLESHEET, {
    headers: { "Content-Type": "text/css; charset=utf-8", "Cache-Control": "public, max-age=3600" },
  });
}
