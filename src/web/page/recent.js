import { getJson } from "./api.js";
import { byId, element } from "./element.js";

/** @typedef {{ thread_id: string, title: string, platform: string, last_activity_at: string }} Conversation */

const list = byId("recent-list", HTMLOListElement);
const older = byId("recent-older", HTMLButtonElement);

/** Pages of the list that are shown: whoever opens an older conversation goes on seeing it there. */
let pages = 1;

/**
 * Lists the latest conversations, and older ones as far as they were asked for, with the open one marked.
 * @param {string | undefined} openThread
 */
export async function showRecent(openThread) {
  try {
    const { conversations, hasMore } = await readConversations(pages);
    list.replaceChildren(...conversations.map((conversation) => recentItem(conversation, openThread)));
    older.hidden = !hasMore;
  } catch {
    // The list is a convenience; the conversation itself tells what is wrong.
    list.replaceChildren();
    older.hidden = true;
  }
}

/** Wires the button for older conversations. Call once. @param {() => string | undefined} openThread */
export function startRecent(openThread) {
  older.addEventListener("click", () => void showOlder(openThread()));
}

/** @param {string | undefined} openThread */
async function showOlder(openThread) {
  const shown = list.children.length;
  pages += 1;
  await showRecent(openThread);
  list.children[shown]?.querySelector("a")?.focus();
}

/** @param {number} count of pages */
async function readConversations(count) {
  /** @type {Conversation[]} */
  const conversations = [];
  let cursor = "";
  for (let page = 0; page < count; page += 1) {
    const read = await getJson(`/api/conversations?limit=30${cursor}`);
    conversations.push(...read.conversations);
    if (read.next_cursor === null) return { conversations, hasMore: false };
    cursor = `&cursor=${encodeURIComponent(read.next_cursor)}`;
  }
  return { conversations, hasMore: true };
}

/** @param {Conversation} conversation @param {string | undefined} openThread */
function recentItem({ thread_id, title, platform, last_activity_at }, openThread) {
  return element(
    "li",
    {},
    element(
      "a",
      { href: threadHash(thread_id), "aria-current": thread_id === openThread ? "page" : undefined, dir: "auto" },
      element("span", { class: "recent-title" }, title === "" ? "Untitled" : title),
      element(
        "span",
        { class: "recent-when" },
        [...(platform === "http" ? [] : [platform]), agoText(last_activity_at)].join(" · "),
      ),
    ),
  );
}

/** @param {string} thread */
export function threadHash(thread) {
  return `#thread=${encodeURIComponent(thread)}`;
}

/** @type {readonly [Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** @param {string} iso */
function agoText(iso) {
  const seconds = (new Date(iso).getTime() - Date.now()) / 1000;
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return relative.format(Math.round(seconds / length), unit);
  }
  return "just now";
}
