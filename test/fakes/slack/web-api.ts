import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { textIn, type Fields, type Token } from "./entities.ts";
import type { Call, Method, Office } from "./method.ts";
import { METHODS } from "./methods/index.ts";
import type { RateLimits } from "./rate-limits.ts";
import { Refusal } from "./refusal.ts";
import type { Trouble, Troubles } from "./troubles.ts";

/** A request that Slack would have refused or warned about. */
export interface Fault {
  readonly method: string;
  readonly error: string;
  readonly detail: string;
}

/** A request to the Web API, with how it ended: `ok`, Slack's error, or the trouble it met. */
export interface WebApiCall {
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly args: Fields;
  readonly outcome: string;
}

interface Reply {
  readonly status: number;
  readonly body: Fields;
  readonly headers?: Record<string, string>;
}

export interface WebApiOptions {
  readonly office: Office;
  readonly limits: RateLimits;
  readonly troubles: Troubles;
  readonly faults: Fault[];
  readonly calls: WebApiCall[];
  /** Requests a minute, instead of Slack's. */
  readonly rates: Readonly<Record<string, number>>;
}

/** Whom a method without a token is called by. */
const NOBODY: Token = { value: "", kind: "app", team: "", scopes: [], state: "valid" };

/** Serves `/api/<method>` as Slack does. */
export function createWebApi({ office, limits, troubles, faults, calls, rates }: WebApiOptions) {
  function fault(method: string, error: string, detail: string): void {
    faults.push({ method, error, detail });
  }

  function carryOut(name: string, args: Fields, authorization: string): Reply {
    const warnings: string[] = [];
    try {
      const method = METHODS[name];
      if (method === undefined) throw new Refusal("unknown_method", name, { req_method: name });
      const token = authorize(method, args, authorization);
      const wait = waitFor(name, method, args, token);
      if (wait > 0) return rateLimited(Math.max(1, Math.ceil(office.clock.toReal(wait) / 1000)), name);
      for (const argument of Object.keys(args).filter((key) => !method.knows(key)))
        fault(name, "unknown_argument", argument);
      const warn = (warning: string): void => {
        warnings.push(warning);
        fault(name, warning, "");
      };
      const result = method.run(args, callOf(token, warn));
      const metadata = { ...(result["response_metadata"] as Fields | undefined), warnings };
      return {
        status: 200,
        body: {
          ok: true,
          ...result,
          ...(warnings.length > 0 ? { warning: warnings.join(","), response_metadata: metadata } : {}),
        },
        headers: { "x-oauth-scopes": token.scopes.join(","), "x-accepted-oauth-scopes": method.scopes.join(",") },
      };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fault(name, error.code, error.message);
      return { status: 200, body: { ok: false, error: error.code, ...error.reply } };
    }
  }

  function authorize(method: Method, args: Fields, authorization: string): Token {
    if (method.token === "none") return NOBODY;
    const given = authorization.replace(/^Bearer /i, "") || textIn(args["token"]);
    if (given === "") throw new Refusal("not_authed");
    const token = office.world.tokens.get(given);
    if (token === undefined) throw new Refusal("invalid_auth");
    if (token.state !== "valid") throw new Refusal(token.state);
    if (token.kind !== method.token) throw new Refusal("not_allowed_token_type");
    if (method.scopes.length > 0 && !method.scopes.some((scope) => token.scopes.includes(scope))) {
      throw new Refusal("missing_scope", method.scopes[0], {
        needed: method.scopes[0],
        provided: token.scopes.join(","),
      });
    }
    return token;
  }

  function waitFor(name: string, method: Method, args: Fields, token: Token): number {
    const wait = limits.take(`${name}:${token.team}`, rates[name] ?? method.perMinute);
    if (wait > 0 || name !== "chat.postMessage") return wait;
    return limits.takePost(textIn(args["channel"]));
  }

  function rateLimited(seconds: number, method: string): Reply {
    fault(method, "ratelimited", `${seconds} s`);
    return limitedReply(seconds);
  }

  function callOf(token: Token, warn: Call["warn"]): Call {
    return { ...office, token, self: token.user ?? "", warn };
  }

  async function serve(incoming: IncomingMessage, reply: ServerResponse, path: URL): Promise<void> {
    const name = path.pathname.slice("/api/".length);
    const args = argumentsOf(await text(incoming), incoming, path);
    const trouble = troubles.meet(name);
    const at = office.clock.now();
    const log = (outcome: string): void => void calls.push({ at, method: name, args: withoutToken(args), outcome });
    const proceed = (): Reply => carryOut(name, args, incoming.headers.authorization ?? "");
    if (trouble === undefined) {
      const done = proceed();
      log(done.body["ok"] === true ? "ok" : String(done.body["error"]));
      return send(reply, done);
    }
    log(JSON.stringify(trouble));
    await meet(trouble, reply, proceed);
  }

  return { serve };
}

async function meet(trouble: Trouble, reply: ServerResponse, proceed: () => Reply): Promise<void> {
  if ("error" in trouble) return send(reply, { status: 200, body: { ok: false, error: trouble.error } });
  if ("status" in trouble)
    return void reply.writeHead(trouble.status, { "content-type": "text/html" }).end("<h1>Oh no</h1>");
  if ("retryAfter" in trouble) return send(reply, limitedReply(trouble.retryAfter));
  if ("delayMs" in trouble) {
    await delay(trouble.delayMs);
    return send(reply, proceed());
  }
  const when = "close" in trouble ? trouble.close : trouble.hang;
  if (when === "after") proceed();
  if ("close" in trouble) reply.destroy();
}

function limitedReply(seconds: number): Reply {
  return { status: 429, body: { ok: false, error: "ratelimited" }, headers: { "retry-after": String(seconds) } };
}

function send(reply: ServerResponse, { status, body, headers = {} }: Reply): void {
  reply.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers }).end(JSON.stringify(body));
}

function argumentsOf(body: string, incoming: IncomingMessage, path: URL): Fields {
  const query = Object.fromEntries(path.searchParams);
  const isJson = incoming.headers["content-type"]?.startsWith("application/json") === true;
  if (isJson) return { ...query, ...(JSON.parse(body === "" ? "{}" : body) as Fields) };
  return { ...query, ...Object.fromEntries(new URLSearchParams(body)) };
}

function withoutToken(args: Fields): Fields {
  return Object.fromEntries(Object.entries(args).filter(([name]) => name !== "token"));
}
