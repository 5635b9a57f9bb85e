import { Failure } from "../core/failure.ts";

/** Largest reply that is read, after decompression. The longest pages of Wikipedia are about 4 MB of HTML. */
const MAX_REPLY_BYTES = 8 * 1024 * 1024;

/**
 * The body as text; stops reading, and closes the connection, as soon as it is too long.
 * @throws {Failure} `wiki-unavailable`
 */
export async function readBounded(response: Response, limitBytes: number = MAX_REPLY_BYTES): Promise<string> {
  if (response.body === null) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop by `throw` cancels the stream.
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) throw new Failure("wiki-unavailable", "the wiki's reply is too large");
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** Longest pause a wiki can impose; what asks for more is cut to it. */
const MAX_RETRY_AFTER_MS = 10 * 60_000;

/** Milliseconds of a Retry-After header, seconds or date (RFC 9110, 10.2.3); `undefined` when there is none or it is nonsense. */
export function retryAfterMs(headers: Headers, now: number = Date.now()): number | undefined {
  const value = headers.get("retry-after")?.trim() ?? "";
  // A date begins with the name of the day; `Date.parse` would make one of "-3" too.
  const date = /^[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : date - now;
  return Number.isNaN(milliseconds) ? undefined : Math.min(Math.max(milliseconds, 0), MAX_RETRY_AFTER_MS);
}

const CONNECTION_TROUBLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ENOTFOUND: "the wiki's host name is not known",
    EAI_AGAIN: "the wiki's host name cannot be looked up just now",
    ECONNREFUSED: "the wiki refused the connection",
    ECONNRESET: "the wiki broke the connection",
    UND_ERR_SOCKET: "the wiki broke the connection",
    UND_ERR_CONNECT_TIMEOUT: "the wiki did not answer in time",
    UND_ERR_HEADERS_TIMEOUT: "the wiki did not answer in time",
    UND_ERR_BODY_TIMEOUT: "the wiki did not answer in time",
    DEPTH_ZERO_SELF_SIGNED_CERT: "the wiki's certificate is not trusted",
    CERT_HAS_EXPIRED: "the wiki's certificate is not trusted",
  }),
);

/** What `fetch` threw, in constant words: its own messages may hold addresses. */
export function connectionTrouble(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
  return CONNECTION_TROUBLE.get(code) ?? "the connection to the wiki failed";
}
