import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { isLoopback } from "../../core/address.ts";
import { Problem } from "./problem.ts";

const MAX_BODY_BYTES = 64 * 1024;

/** Lets through who knows the token. */
export function requireToken(token: string): MiddlewareHandler {
  const expected = sha256(token);
  return async (c, next) => {
    const [, given] = /^Bearer +(\S+) *$/i.exec(c.req.header("authorization") ?? "") ?? [];
    // Digests are of equal length, so that comparing them tells nothing about the token's.
    if (given === undefined || !timingSafeEqual(sha256(given), expected)) {
      throw new Problem(401, "unauthorized", "A bearer token is needed.", {
        headers: { "WWW-Authenticate": 'Bearer realm="Footnote"' },
      });
    }
    await next();
  };
}

/**
 * In the token's place on a loopback address: without it any web page could read the user's conversations through a name of its own that
 * resolves to 127.0.0.1 (DNS rebinding), and post or delete from another origin.
 */
export function requireLocalCaller(): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header("host");
    // Absent only when no real connection is behind the request.
    if (host !== undefined && !isLoopback(host)) {
      throw new Problem(
        403,
        "forbidden-host",
        "Without an API token Footnote serves this machine only, under its loopback name.",
      );
    }
    const origin = c.req.header("origin");
    if (origin !== undefined && origin !== `http://${host}`) {
      throw new Problem(403, "forbidden-origin", "Requests from other origins are not served.");
    }
    await next();
  };
}

/** @throws {Problem} 415 for a body that is compressed: its length would say nothing of what comes out of it */
export function requirePlainBody(): MiddlewareHandler {
  return async (c, next) => {
    const encoding = c.req.header("content-encoding")?.trim().toLowerCase() ?? "";
    if (encoding !== "" && encoding !== "identity") {
      throw new Problem(415, "unsupported-encoding", "Send the body as it is, without a Content-Encoding.", {
        headers: { "Accept-Encoding": "identity" },
      });
    }
    await next();
  };
}

/** @throws {Problem} 413 for a body over 64 KiB, whether or not its length was told beforehand */
export function limitBody(): MiddlewareHandler {
  return bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new Problem(413, "too-large", "The body is over 64 KiB.");
    },
  });
}

/** @throws {Problem} 400 for bytes that are no UTF-8, which would else be read as replacement characters and stored so */
export function requireUtf8(): MiddlewareHandler {
  return async (c, next) => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(await c.req.arrayBuffer());
    } catch (cause) {
      throw new Problem(400, "not-json", "The body is not UTF-8.", { cause });
    }
    await next();
  };
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
