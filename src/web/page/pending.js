/** @typedef {import("./ask.js").Question} Question */

/** The question that is being asked is kept for the tab, so that a reload in its midst goes on with the same exchange. */
const PENDING = "footnote-pending";

/** @param {Question} question */
export function keepPending(question) {
  sessionStorage.setItem(PENDING, JSON.stringify(question));
}

/**
 * @param {string | undefined} thread
 * @returns {Question | undefined} what was being asked in that thread
 */
export function pendingOf(thread) {
  const stored = sessionStorage.getItem(PENDING);
  /** @type {Question | undefined} */
  const pending = stored === null ? undefined : JSON.parse(stored);
  return pending?.thread === thread ? pending : undefined;
}

export function forgetPending() {
  sessionStorage.removeItem(PENDING);
}
