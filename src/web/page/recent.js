import { getJson } from "./api.js";
import { byId, element } from "./element.js";

/**
 * Lists the latest conversations, with the open one marked.
 * @param {string | undefined} openThread
 */
export async function showRecent(openThread) {
  const { conversations } = await getJson("/api/conversations?limit=30");
  byId("recent-list", HTMLOListElement).replaceChildren(
    ...conversations.map((/** @type {any} */ { thread_id, title, platform, last_activity_at }) =>
      element(
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
