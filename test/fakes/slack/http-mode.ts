import { createHmac } from "node:crypto";
import type { EnvelopeKind, Outcome, Retry, Transport } from "./courier.ts";
import type { Fields } from "./entities.ts";
import type { VirtualClock } from "./virtual-clock.ts";

export interface HttpMode extends Transport {
  /** Sends the challenge by which Slack accepts a request URL; tells whether the app passed. */
  verify(): Promise<boolean>;
  /** The status an app replies to a request whose signature or time is wrong. */
  forge(payload: Fields, flaw: "bad-signature" | "stale" | "unsigned"): Promise<number>;
}

/** How old the timestamp of a stale request is: apps refuse more than five minutes. */
const STALE_SECONDS = 600;

/** Slack's signed requests to an app's request URL. Timestamps are real, for the app compares them with its own clock. */
export function openHttpMode({
  url,
  signingSecret,
  clock,
}: {
  readonly url: string;
  readonly signingSecret: string;
  readonly clock: VirtualClock;
}): HttpMode {
  return {
    async verify() {
      const body = JSON.stringify({ type: "url_verification", challenge: "3eZbrw1aB" });
      const headers = { "content-type": "application/json", ...signed(body, signingSecret) };
      const response = await fetch(url, { method: "POST", body, headers });
      return response.ok && (await response.text()).includes("3eZbrw1aB");
    },
    async forge(payload, flaw) {
      const body = JSON.stringify(payload);
      const headers = {
        "bad-signature": signed(body, "somebody else's secret"),
        stale: signed(body, signingSecret, STALE_SECONDS),
        unsigned: {},
      }[flaw];
      const response = await fetch(url, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...headers },
      });
      return response.status;
    },
    async attempt(kind, payload, { retry, ackMs }) {
      const { body, type } = encode(kind, payload);
      const late = new AbortController();
      const stopWaiting = clock.after(ackMs, () => late.abort());
      try {
        const headers = { "content-type": type, ...signed(body, signingSecret), ...retryHeaders(retry) };
        return await outcomeOf(await fetch(url, { method: "POST", body, headers, signal: late.signal }));
      } catch {
        return { isAcked: false, reason: late.signal.aborted ? "http_timeout" : "connection_failed" };
      } finally {
        stopWaiting();
      }
    },
  };
}

function encode(kind: EnvelopeKind, payload: Fields): { readonly body: string; readonly type: string } {
  if (kind === "events_api") return { body: JSON.stringify(payload), type: "application/json" };
  const form = kind === "interactive" ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return { body: new URLSearchParams(form).toString(), type: "application/x-www-form-urlencoded" };
}

function retryHeaders(retry: Retry | undefined): Record<string, string> {
  return retry === undefined ? {} : { "x-slack-retry-num": String(retry.num), "x-slack-retry-reason": retry.reason };
}

async function outcomeOf(response: Response): Promise<Outcome> {
  const text = await response.text();
  if (response.ok) return { isAcked: true, body: text === "" ? undefined : parsed(text) };
  return { isAcked: false, reason: "http_error", isFinal: response.headers.get("x-slack-no-retry") === "1" };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}

function signed(body: string, secret: string, ageSeconds = 0): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
  const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${signature}` };
}
