import { byId } from "./element.js";

/** @typedef {{ n: number, title: string, section: string, revision: string, url: string, quote: string, license: { name: string, url: string } | null, revised_at: string | null, stale_since?: string }} Source */
/** @typedef {{ cache: "hit" | "miss" | "stale", elapsed_ms: number, outcome: string, suggestions: string[], limit?: string, model: string }} AnswerRecord */
/** @typedef {AnswerRecord & { response: string, thread_id: string, exchange_id: string, sources: Source[] }} Reply */
/** @typedef {{ id: string, exchange_id: string, text: string, created_at: string, sources: Source[] }} AnyMessage */
/** @typedef {AnyMessage & { role: "user", failure: null }} AskedMessage */
/** @typedef {AnyMessage & { role: "assistant", failure: string }} Apology */
/** @typedef {AnyMessage & { role: "assistant", failure: null } & AnswerRecord} AnswerMessage */
/** @typedef {AskedMessage | Apology | AnswerMessage} Message */

const TOKEN = "footnote-token";

/** An answer of the API that is an error. */
export class ApiError extends Error {
  /** @param {number} status @param {string} code @param {string} message */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * Asks the API. When it wants a token, the user is asked for one, once for the tab.
 * @param {string} path
 * @param {{ method?: string, body?: string, headers?: Record<string, string>, signal?: AbortSignal }} [init]
 * @returns {Promise<Response>} an answer that is no error
 */
export async function request(path, init = {}) {
  for (;;) {
    const token = sessionStorage.getItem(TOKEN);
    const headers = { ...init.headers, ...(token === null ? {} : { Authorization: `Bearer ${token}` }) };
    const response = await fetch(path, { ...init, headers, credentials: "omit" });
    if (response.ok) return response;
    if (response.status !== 401) throw await errorOf(response);
    await askForToken(token);
  }
}

/**
 * @param {string} path
 * @returns {Promise<any>} the JSON as the API's document describes it
 */
export async function getJson(path) {
  return (await request(path)).json();
}

/** @param {string} thread */
export function conversationPath(thread) {
  return `/api/conversations/${encodeURIComponent(thread)}`;
}

/** @param {Response} response */
async function errorOf(response) {
  const body = await response.json().catch(() => null);
  return new ApiError(response.status, body?.error?.code ?? "unknown", body?.error?.message ?? response.statusText);
}

/** @type {Promise<void> | undefined} */
let asking;

/**
 * Requests refused at the same time share one dialog.
 * @param {string | null} refused the token that did not do
 */
function askForToken(refused) {
  asking ??= showTokenDialog(refused !== null && refused === sessionStorage.getItem(TOKEN)).finally(() => {
    asking = undefined;
  });
  return asking;
}

/** @param {boolean} wasWrong @returns {Promise<void>} */
function showTokenDialog(wasWrong) {
  const dialog = byId("token-dialog", HTMLDialogElement);
  const field = byId("token", HTMLInputElement);
  byId("token-problem", HTMLElement).textContent = wasWrong ? "That token was not accepted." : "";
  field.value = "";
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        sessionStorage.setItem(TOKEN, field.value.trim());
        resolve();
      },
      { once: true },
    );
    // Closing without a token would only bring the dialog back.
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.showModal();
  });
}
