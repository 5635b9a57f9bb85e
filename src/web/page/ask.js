import { ApiError, request } from "./api.js";
import { readEvents } from "./event-stream.js";

/**
 * @typedef {{ key: string, thread: string, message: string }} Question
 * `key` makes it one exchange, however often it is sent
 * @typedef {{ event: string, data: any }} AskEvent
 * the API's events, and `lost` while the connection is being found again
 */

/** About a minute and a half in all. */
const ATTEMPTS = 14;

/** Errors that pass: the question, sent again with its key, joins the exchange that it began. */
const PASSING = new Set(["stopping", "store-unavailable"]);

/**
 * Asks, and goes on with the same exchange when the connection is lost on the way. Ends after `done` or `error`, or when nobody listens.
 * @param {Question} question @param {AbortSignal} signal
 * @returns {AsyncGenerator<AskEvent>}
 */
export function ask({ key, thread, message }, signal) {
  const body = JSON.stringify({ message, thread_id: thread });
  const headers = { ...EVENTS, "Content-Type": "application/json", "Idempotency-Key": key };
  return untilSettled(() => request("/api/chat", { method: "POST", headers, body, signal }), signal);
}

/**
 * The same for a question that was asked elsewhere.
 * @param {string} exchange @param {AbortSignal} signal
 * @returns {AsyncGenerator<AskEvent>}
 */
export function followExchange(exchange, signal) {
  const path = `/api/exchanges/${encodeURIComponent(exchange)}`;
  return untilSettled(() => request(path, { headers: EVENTS, signal }), signal);
}

const EVENTS = { Accept: "text/event-stream" };

/** @param {() => Promise<Response>} connect @param {AbortSignal} signal @returns {AsyncGenerator<AskEvent>} */
async function* untilSettled(connect, signal) {
  for (let attempt = 1; ; attempt += 1) {
    /** @type {AskEvent} */
    let last = { event: "error", data: { error: { code: "lost", message: "The connection was lost." } } };
    try {
      const { body } = await connect();
      for await (const event of body === null ? [] : readEvents(body)) {
        if (event.event === "error") {
          last = event;
          break;
        }
        yield event;
        if (event.event === "done") return;
      }
    } catch (error) {
      if (signal.aborted) return;
      // Whatever is no answer of the API is a connection that did not hold.
      if (error instanceof ApiError)
        last = { event: "error", data: { error: { code: error.code, message: error.message } } };
    }
    const { code } = last.data.error;
    if ((code !== "lost" && !PASSING.has(code)) || attempt >= ATTEMPTS) {
      yield last;
      return;
    }
    yield { event: "lost", data: {} };
    await backOff(attempt);
  }
}

/** @param {number} attempt @returns {Promise<void>} */
function backOff(attempt) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, Math.min(8_000, 250 * 2 ** attempt));
    addEventListener("online", done);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    }
  });
}

/** Twenty-two URL-safe characters. `crypto.randomUUID` is missing where the page is served without TLS beyond localhost. */
export function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(22)), (byte) => ALPHABET[byte % 64]).join("");
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
