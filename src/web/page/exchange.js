import { AnswerText } from "./answer-text.js";
import { element } from "./element.js";
import { footnoteMark } from "./footnotes.js";
import { sourceList } from "./source-list.js";

/** @typedef {import("./api.js").Source} Source */
/** @typedef {import("./api.js").Reply} Reply */
/** @typedef {import("./api.js").AnswerMessage} AnswerMessage */
/** @typedef {import("./api.js").AnswerRecord} AnswerRecord */

/** One question and its answer, as far as it has come. */
export class ExchangeView {
  /** @type {Map<number, Source>} */
  #sources = new Map();
  /** @type {string[]} */
  #sentences = [];
  #status = element("p", { class: "status", role: "status" });
  #body = element("div", { class: "answer" });
  #text = new AnswerText(this.#body, (n) => {
    const source = this.#sources.get(n);
    return source && footnoteMark(source);
  });
  #foot = element("div", { class: "foot" });
  #askNext;

  /**
   * @param {string} question
   * @param {"h1" | "h2"} heading what its question is in the conversation: the first one names it
   * @param {((question: string) => void) | undefined} askNext called with a suggestion that is followed; `undefined` where nothing can be asked
   */
  constructor(question, heading, askNext) {
    this.#askNext = askNext;
    this.root = element(
      "article",
      { class: "exchange" },
      element(heading, { class: "question", dir: "auto" }, question),
      this.#status,
      this.#body,
      this.#foot,
    );
  }

  /** @param {string} text */
  showStatus(text) {
    this.root.setAttribute("aria-busy", "true");
    // The dots that follow are the style's, which lets them breathe.
    this.#status.textContent = text.replace(/[.…]+$/, "");
  }

  /** @param {Source} source */
  addSource(source) {
    this.#sources.set(source.n, source);
  }

  /**
   * @param {number} index @param {string} text
   * @returns {boolean} whether it is new
   */
  addSentence(index, text) {
    if (this.#sentences[index] === text) return false;
    const follows = index === this.#sentences.length;
    this.#sentences[index] = text;
    if (follows) this.#text.append(text);
    else this.#rewrite(this.#sentences.join(""));
    return true;
  }

  /** @param {AnswerMessage} message */
  showStored({ text, ...message }) {
    for (const source of message.sources) this.addSource(source);
    this.#rewrite(withoutOffers(text, message));
    this.#showFoot(text, message);
  }

  /** @param {Reply} reply */
  finish({ response, ...reply }) {
    this.#settle();
    for (const source of reply.sources) this.addSource(source);
    const text = withoutOffers(response, reply);
    if (this.#sentences.join("").trim() !== text) this.#rewrite(text);
    this.#showFoot(text, reply);
  }

  /** @param {string} message @param {(() => void) | undefined} again `undefined` where it would only fail again */
  fail(message, again) {
    this.#settle();
    this.#showApology(message, again, "alert");
  }

  /** One that failed before the page was opened. @param {string} message @param {(() => void) | undefined} again */
  showFailed(message, again) {
    this.#showApology(message, again, undefined);
  }

  /** @param {string} message @param {(() => void) | undefined} again @param {"alert" | undefined} role */
  #showApology(message, again, role) {
    const button = again && element("button", { type: "button", class: "quiet", onclick: again }, "Try again");
    this.#foot.replaceChildren(
      element("p", { class: "apology", role }, message, ...(button === undefined ? [] : [" ", button])),
    );
  }

  #settle() {
    this.root.removeAttribute("aria-busy");
    this.#status.textContent = "";
  }

  /** @param {string} text */
  #rewrite(text) {
    this.#text.clear();
    this.#text.append(text);
  }

  /** @param {string} text the answer @param {AnswerRecord & { sources: Source[] }} answer */
  #showFoot(text, answer) {
    const { sources, suggestions } = answer;
    this.#foot.replaceChildren(
      ...(sources.length === 0 ? [] : [sourceList(sources, text)]),
      ...(suggestions.length === 0 ? [] : [this.#suggestions(answer)]),
      element("p", { class: "record" }, recordText(answer)),
    );
  }

  /** @param {AnswerRecord} answer */
  #suggestions({ suggestions, outcome }) {
    const items = suggestions.map((title) => element("li", {}, this.#suggestion(title)));
    // Without an answer the text itself introduces them.
    const label = outcome === "answered" ? [element("p", {}, "Perhaps ask for")] : [];
    return element("div", { class: "suggestions" }, ...label, element("ul", {}, ...items));
  }

  /** @param {string} title */
  #suggestion(title) {
    const askNext = this.#askNext;
    return askNext === undefined
      ? element("span", { dir: "auto" }, title)
      : element("button", { type: "button", dir: "auto", onclick: () => askNext(title) }, title);
  }
}

/**
 * The response without the list of titles that are offered as buttons below it.
 * @param {string} response @param {AnswerRecord} answer
 */
function withoutOffers(response, { outcome, suggestions }) {
  if (outcome === "answered") return response;
  const offered = new Set(suggestions.map((title) => `- ${title}`));
  return response
    .split("\n")
    .filter((line) => !offered.has(line))
    .join("\n");
}

/** @param {AnswerRecord & { sources: Source[] }} answer */
function recordText({ elapsed_ms, cache, model, sources }) {
  const from = { hit: "from the cache", miss: "fresh from the wiki", stale: "from an older copy" }[cache];
  const seconds = elapsed_ms < 950 ? `${elapsed_ms} ms` : `${(elapsed_ms / 1000).toFixed(1)} s`;
  const by = model === "quoting" ? "quoted word for word" : model;
  return [seconds, ...(sources.length === 0 ? [] : [from, by])].join(" · ");
}
