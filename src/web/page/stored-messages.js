import { ApiError, conversationPath, getJson } from "./api.js";

/** @typedef {import("./api.js").Message} Message */
/** @typedef {import("./api.js").AskedMessage} AskedMessage */
/** @typedef {import("./api.js").AnswerMessage | import("./api.js").Apology} AnsweredMessage */
/** @typedef {{ asked: AskedMessage, answered: AnsweredMessage | undefined }} StoredExchange */

/**
 * A whole conversation, oldest exchange first.
 * @param {string} thread
 * @returns {Promise<{ exchanges: StoredExchange[], platform: string }>}
 */
export async function readConversation(thread) {
  /** @type {Message[]} */
  const messages = [];
  for (let cursor = ""; ;) {
    const page = await getJson(`${conversationPath(thread)}/messages?limit=200${cursor}`);
    messages.push(...page.messages);
    if (page.next_cursor === null) return { exchanges: exchangesOf(messages), platform: page.platform };
    cursor = `&cursor=${encodeURIComponent(page.next_cursor)}`;
  }
}

/**
 * Whether there is no such conversation any more; false while that cannot be told.
 * @param {string} thread
 */
export async function isErased(thread) {
  try {
    await getJson(`${conversationPath(thread)}/messages?limit=1`);
    return false;
  } catch (error) {
    return error instanceof ApiError && error.status === 404;
  }
}

/** @param {readonly Message[]} messages @returns {StoredExchange[]} */
function exchangesOf(messages) {
  return [...Map.groupBy(messages, (message) => message.exchange_id).values()].flatMap((group) => {
    const asked = group.find((message) => message.role === "user");
    return asked === undefined ? [] : [{ asked, answered: group.find((message) => message.role === "assistant") }];
  });
}
