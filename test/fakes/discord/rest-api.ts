import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Trouble, Troubles } from "../slack/troubles.ts";
import type { InvalidRequests } from "./invalid-requests.ts";
import type { Rate, RateLimits, Taken } from "./rate-limits.ts";
import { Refusal, refusalNamed } from "./refusal.ts";
import { readBody, type RequestBody } from "./request-body.ts";
import type { Office, Route } from "./route.ts";
import { ROUTES } from "./routes/index.ts";

/** Something Discord refused, limited or warned about. */
export interface Fault {
  /** `POST /channels/:channel/messages`; `gateway` or `interaction` elsewhere. */
  readonly route: string;
  /** Discord's error code, 50013 and the like; the HTTP status where there is none, and the close code of the gateway. */
  readonly code: number;
  readonly detail: string;
}

/** A request to the API, with how it ended: `ok`, Discord's error code or status, or the trouble it met. */
export interface ApiCall {
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
  readonly route: string;
  /** The path without `/api/v10`, with its query. */
  readonly path: string;
  readonly body: unknown;
  readonly outcome: string;
}

interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly outcome: string;
}

interface Request extends RequestBody {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
  readonly path: URL;
  readonly incoming: IncomingMessage;
}

export interface RestApiOptions {
  readonly office: Omit<Office, "warn">;
  readonly limits: RateLimits;
  readonly invalidRequests: InvalidRequests;
  readonly troubles: Troubles;
  readonly faults: Fault[];
  readonly calls: ApiCall[];
  /** Instead of the routes' own. */
  readonly rates: Readonly<Record<string, Rate>>;
  readonly globalPerSecond: number;
  isTokenValid(token: string): boolean;
}

/** Serves `/api/v10/…` as Discord does. */
export function createRestApi(options: RestApiOptions) {
  const { office, limits, invalidRequests, troubles, faults, calls, rates, globalPerSecond, isTokenValid } = options;

  function fault(route: string, code: number, detail: string): void {
    faults.push({ route, code, detail });
  }

  async function serve(incoming: IncomingMessage, reply: ServerResponse, path: URL): Promise<void> {
    const request = await requestOf(incoming, path);
    if (request instanceof Refusal) {
      fault(`${incoming.method} ${path.pathname}`, request.code, request.message);
      return send(reply, refused(request));
    }
    const trouble = troubles.meet(request.route.name);
    const log = (outcome: string): void =>
      void calls.push({
        at: office.clock.now(),
        route: request.route.name,
        path: path.pathname.replace(VERSION, "") + path.search,
        body: request.body,
        outcome,
      });
    if (trouble !== undefined) {
      log(JSON.stringify(trouble));
      return meet(trouble, reply, () => proceed(request));
    }
    const done = proceed(request);
    log(done.outcome);
    send(reply, done);
  }

  function proceed(request: Request): Reply {
    const reply = carryOut(request);
    invalidRequests.count(reply.status);
    return reply;
  }

  function carryOut({ route, params, path, body, files, incoming }: Request): Reply {
    if (invalidRequests.isBanned()) {
      fault(route.name, 429, "banned for too many invalid requests");
      return { status: 429, body: "error code: 1015", outcome: "429" };
    }
    const limited = limit(route, params);
    if ("reply" in limited) return limited.reply;
    try {
      authorize(route, incoming);
      const warn = (detail: string): void => fault(route.name, 0, detail);
      const answer = route.run({ ...office, warn, params, query: path.searchParams, body, files });
      const headers = limited.headers;
      if (answer === undefined) return { status: 204, headers, outcome: "ok" };
      return { status: 200, body: answer, headers, outcome: "ok" };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const detail = error.errors === undefined ? error.message : `${error.message} ${JSON.stringify(error.errors)}`;
      fault(route.name, error.code === 0 ? error.status : error.code, detail);
      return { ...refused(error), headers: limited.headers };
    }
  }

  function authorize({ needsToken }: Route, { headers }: IncomingMessage): void {
    if (!(headers["user-agent"] ?? "").startsWith("DiscordBot (")) throw new Refusal(40333);
    const token = /^Bot (.+)$/.exec(headers.authorization ?? "")?.[1] ?? "";
    if (needsToken && !isTokenValid(token)) throw new Unauthorized();
  }

  /** Takes the request out of the bot's and the route's allowance; interactions and webhooks are outside the first. */
  function limit(route: Route, params: Request["params"]): { headers: Record<string, string> } | { reply: Reply } {
    const rate = rates[route.name] ?? route.rate;
    const whole = route.needsToken ? limits.take("global", { limit: globalPerSecond, windowMs: 1000 }) : undefined;
    if (whole?.isExhausted === true) return { reply: limitedReply(route.name, whole, "global") };
    const major = params["channel"] ?? params["guild"] ?? params["token"] ?? "";
    const taken = limits.take(`${route.name} ${major}`, rate);
    if (taken.isExhausted) return { reply: limitedReply(route.name, taken, "user") };
    return { headers: bucketHeaders(route.name, taken) };
  }

  function limitedReply(name: string, taken: Taken, scope: "user" | "global"): Reply {
    const seconds = office.clock.toReal(taken.resetMs) / 1000;
    fault(name, 429, `${scope}: ${taken.limit} requests`);
    const headers = scope === "global" ? {} : bucketHeaders(name, taken);
    return tooMany(seconds, scope, headers);
  }

  function bucketHeaders(name: string, { limit: all, remaining, resetMs }: Taken): Record<string, string> {
    const seconds = office.clock.toReal(resetMs) / 1000;
    return {
      "x-ratelimit-bucket": Buffer.from(name).toString("hex").slice(0, 32),
      "x-ratelimit-limit": String(all),
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-reset-after": seconds.toFixed(3),
      "x-ratelimit-reset": (Date.now() / 1000 + seconds).toFixed(3),
    };
  }

  async function meet(trouble: Trouble, reply: ServerResponse, carryOn: () => Reply): Promise<void> {
    if ("error" in trouble) return send(reply, counted(refused(refusalNamed(trouble.error))));
    if ("status" in trouble) return send(reply, counted(broken(trouble.status)));
    if ("retryAfter" in trouble) return send(reply, counted(tooMany(trouble.retryAfter, "user", {})));
    if ("delayMs" in trouble) {
      await delay(trouble.delayMs);
      return send(reply, carryOn());
    }
    const when = "close" in trouble ? trouble.close : trouble.hang;
    if (when === "after") carryOn();
    if ("close" in trouble) reply.destroy();
  }

  function counted(reply: Reply): Reply {
    invalidRequests.count(reply.status);
    return reply;
  }

  return { serve };
}

/** A token that is none, or no more; it has no code of its own. */
class Unauthorized extends Refusal {
  override readonly status = 401;

  constructor() {
    super(0);
    this.message = "401: Unauthorized";
  }
}

const VERSION = /^\/api\/v10/;

async function requestOf(incoming: IncomingMessage, path: URL): Promise<Request | Refusal> {
  if (!VERSION.test(path.pathname)) return new Refusal(0);
  const decoded = path.pathname.replace(VERSION, "").split("/").map(decodeURIComponent).join("/");
  for (const route of ROUTES) {
    const params = route.match(incoming.method ?? "", decoded);
    if (params === undefined) continue;
    try {
      return { route, params, path, incoming, ...(await readBody(incoming)) };
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }
  return new Refusal(0);
}

function refused(refusal: Refusal): Reply {
  return {
    status: refusal.status,
    body: refusal.body(),
    outcome: String(refusal.code === 0 ? refusal.status : refusal.code),
  };
}

function broken(status: number): Reply {
  return { status, body: { message: `${status}: Oh no`, code: 0 }, outcome: String(status) };
}

function tooMany(seconds: number, scope: "user" | "global", headers: Readonly<Record<string, string>>): Reply {
  const isGlobal = scope === "global";
  return {
    status: 429,
    body: { message: "You are being rate limited.", retry_after: seconds, global: isGlobal },
    headers: {
      ...headers,
      "retry-after": String(Math.max(seconds === 0 ? 0 : 1, Math.ceil(seconds))),
      "x-ratelimit-scope": scope,
      ...(isGlobal ? { "x-ratelimit-global": "true" } : {}),
    },
    outcome: "429",
  };
}

function send(reply: ServerResponse, { status, body, headers = {} }: Reply): void {
  if (body === undefined) return void reply.writeHead(status, headers).end();
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/plain" : "application/json";
  reply.writeHead(status, { "content-type": type, ...headers }).end(text);
}
