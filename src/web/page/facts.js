import { element } from "./element.js";
import { bytes, duration, format } from "./format.js";

/** @param {any} wiki */
export function wikiFacts(wiki) {
  return list("The wiki", wikiRows(wiki));
}

/** @param {any} cache */
export function cacheFacts(cache) {
  return list("The cache", cacheRows(cache));
}

/** @param {any} database */
export function databaseFacts(database) {
  return list("The database", databaseRows(database));
}

/** @param {string} title @param {readonly (readonly [string, string])[]} rows */
function list(title, rows) {
  return element(
    "section",
    { class: "facts" },
    element("h2", {}, title),
    element("dl", {}, ...rows.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])),
  );
}

/** @param {any} wiki @returns {[string, string][]} */
function wikiRows({ name, state, reason, requests_left, requests_per_minute }) {
  const states = new Map([
    ["ok", "answers"],
    ["untried", "not asked yet"],
    ["failing", `in trouble: ${reason ?? "unknown"}`],
  ]);
  return [
    ["Name", name],
    ["State", states.get(state) ?? state],
    ...(requests_per_minute === null
      ? []
      : [
          /** @type {[string, string]} */ (["Requests left this minute", `${requests_left} of ${requests_per_minute}`]),
        ]),
  ];
}

/** @param {any} cache @returns {[string, string][]} */
function cacheRows(cache) {
  return [
    ["State", cache.host === null ? cache.status : `${cache.status}, ${cache.host}`],
    ["Entries", cache.wiki_cached_items === null ? "unknown" : format(cache.wiki_cached_items)],
    ["Memory", cache.memory_used ?? "unknown"],
    ["Fresh for", duration(cache.ttl_seconds * 1000)],
    ["Look-ups since the start", format(cache.hits + cache.misses + cache.stale)],
    ["Hit rate", cache.hit_rate === null ? "–" : `${Math.round(100 * cache.hit_rate)} %`],
  ];
}

/** @param {any} database @returns {[string, string][]} */
function databaseRows(database) {
  return [
    ["Engine", `${database.engine} PostgreSQL ${database.version}`],
    ["Conversations", format(database.conversations)],
    ["Messages", format(database.messages.user + database.messages.assistant)],
    ["Footnotes", format(database.citations)],
    ["Size", bytes(database.size_bytes)],
  ];
}
