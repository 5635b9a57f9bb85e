import { ApiError, getJson } from "./api.js";
import { byId, element, outsideLink } from "./element.js";
import { cacheFacts, databaseFacts, wikiFacts } from "./facts.js";
import { dayText, duration, format } from "./format.js";
import { asTable, barChart, meter, shares } from "./plots.js";

const DAYS = 30;

const place = byId("figures", HTMLElement);

/** Fetches the figures and shows them. */
export async function showFigures() {
  try {
    const [usage, cache, database] = await Promise.all([
      getJson(`/api/usage?days=${DAYS}`),
      getJson("/api/cache/stats"),
      getJson("/api/db/stats"),
    ]);
    place.replaceChildren(
      perDay(usage),
      answersFrom(usage),
      latency(usage),
      topArticles(usage),
      wikiFacts(usage.wiki),
      cacheFacts(cache),
      databaseFacts(database),
    );
  } catch (error) {
    const text = error instanceof ApiError ? error.message : "Footnote cannot be reached just now.";
    place.replaceChildren(element("p", { class: "apology", role: "alert" }, text));
  }
}

/**
 * @param {string} title
 * @param {string} headline the one number that matters
 * @param {string} unit
 * @param {...(Node | string)} content
 */
function figure(title, headline, unit, ...content) {
  return element(
    "figure",
    {},
    element(
      "figcaption",
      {},
      element("h2", {}, title),
      element("p", { class: "headline" }, element("b", {}, headline), ` ${unit}`),
    ),
    ...content,
  );
}

/** @param {any} usage */
function perDay({ per_day: days }) {
  const all = days.reduce((/** @type {number} */ sum, /** @type {any} */ { exchanges }) => sum + exchanges, 0);
  const failed = days.reduce((/** @type {number} */ sum, /** @type {any} */ day) => sum + day.failed, 0);
  const most = Math.max(0, ...days.map((/** @type {any} */ { exchanges }) => exchanges));
  const bars = days.map((/** @type {any} */ day) => ({
    lower: day.failed,
    upper: day.exchanges - day.failed,
    title: `${day.day}: ${day.exchanges} asked, ${day.failed} failed`,
  }));
  return figure(
    "Questions a day",
    format(all),
    `in ${days.length} days${failed === 0 ? "" : `, ${format(failed)} of them failed`}`,
    barChart(`${all} questions in ${days.length} days, at most ${most} a day; ${failed} failed`, bars),
    element(
      "p",
      { class: "axis", "aria-hidden": "true" },
      element("span", {}, dayText(days[0]?.day)),
      element("span", {}, `most: ${format(most)}`),
      element("span", {}, dayText(days.at(-1)?.day)),
    ),
    asTable(
      ["Day", "Asked", "Failed"],
      days.map((/** @type {any} */ d) => [d.day, d.exchanges, d.failed]),
    ),
  );
}

/** @param {any} usage */
function answersFrom({ cache: { hit, stale, miss } }) {
  const all = hit + stale + miss;
  const share = all === 0 ? "–" : `${Math.round((100 * (hit + stale)) / all)} %`;
  const rows = [
    ["from the cache", hit, "hit"],
    ["from an older copy", stale, "stale"],
    ["fresh from the wiki", miss, "miss"],
  ];
  return figure(
    "Answers from the cache",
    share,
    `of ${format(all)} answers`,
    shares(
      rows.map(([name, value]) => `${value} ${name}`).join(", "),
      rows.map(([, value, kind]) => ({ value: Number(value), kind: String(kind) })),
    ),
    element(
      "ul",
      { class: "legend" },
      ...rows.map(([name, value, kind]) =>
        element("li", { class: `key-${kind}` }, `${name} `, element("b", {}, format(Number(value)))),
      ),
    ),
  );
}

/** @param {any} usage */
function latency({ latency_ms: ms }) {
  if (ms === null) return figure("Time to an answer", "–", "nothing answered yet");
  const rows = [
    ["half of the answers", ms.p50],
    ["nine in ten", ms.p90],
    ["ninety-nine in a hundred", ms.p99],
  ];
  return figure(
    "Time to an answer",
    duration(ms.p50),
    "for half of the answers",
    ranked(
      rows.map(([name, value]) => ({
        name: element("span", {}, `${name} within`),
        value: duration(value),
        share: ms.p99 === 0 ? 0 : value / ms.p99,
      })),
    ),
  );
}

/** @param {any} usage */
function topArticles({ top_articles: articles }) {
  const most = articles[0]?.citations ?? 1;
  const cited = articles.reduce((/** @type {number} */ sum, /** @type {any} */ { citations }) => sum + citations, 0);
  return figure(
    "Most cited",
    articles.length === 0 ? "–" : format(cited),
    articles.length === 0
      ? "nothing cited yet"
      : `footnotes to ${articles.length === 1 ? "this article" : "these articles"}, cited in ${DAYS} days`,
    ranked(
      articles.map((/** @type {any} */ { title, url, citations }) => ({
        name: outsideLink(url, title),
        value: format(citations),
        share: citations / most,
      })),
    ),
  );
}

/** @param {readonly { name: HTMLElement, value: string, share: number }[]} rows */
function ranked(rows) {
  return element(
    "ol",
    { class: "ranked" },
    ...rows.map(({ name, value, share }) =>
      element("li", { dir: "auto" }, name, element("span", { class: "amount" }, value), meter(share)),
    ),
  );
}
