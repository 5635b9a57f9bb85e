import { ApiError, conversationPath, request } from "./api.js";
import { ask, followExchange, randomId } from "./ask.js";
import { byId, element } from "./element.js";
import { ExchangeView } from "./exchange.js";
import { forgetPending, keepPending, pendingOf } from "./pending.js";
import { showRecent, startRecent, threadHash } from "./recent.js";
import { isBlank, isTooLong } from "./question-text.js";
import { isErased, readConversation } from "./stored-messages.js";

/** @typedef {import("./ask.js").Question} Question */
/** @typedef {import("./ask.js").AskEvent} AskEvent */

const transcript = byId("exchanges", HTMLElement);
const question = byId("question", HTMLTextAreaElement);
const send = byId("send", HTMLButtonElement);
const hint = byId("composer-hint", HTMLElement);
const spoken = byId("spoken", HTMLElement);

/** @type {string | undefined} */
let openThread;
/** Of the conversation that is shown: aborted when it is left, so that nothing more arrives for it. */
let showing = new AbortController();
let isAsking = false;
/** Whether the open conversation is known to have been stored: then it can be erased, here or elsewhere. */
let isStored = false;

/** Errors that the same question meets again, however often it is asked. */
const LASTING = new Set(["invalid-input", "too-large"]);

/** Wires the form and the list of conversations. Call once. */
export function startConversation() {
  byId("composer", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    askNext(question.value);
  });
  question.addEventListener("keydown", (event) => {
    // A composed character (Japanese, Chinese) is confirmed with Enter too.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    askNext(question.value);
  });
  question.addEventListener("input", () => hint.replaceChildren());
  byId("erase", HTMLButtonElement).addEventListener("click", () => void eraseConversation());
  startRecent(() => openThread);
}

/**
 * Shows a conversation, or an empty page for a new one.
 * @param {string | undefined} thread
 */
export async function openConversation(thread) {
  if (thread !== undefined && thread === openThread) return nameDocument();
  showing.abort();
  showing = new AbortController();
  const { signal } = showing;
  openThread = thread;
  isAsking = false;
  isStored = false;
  transcript.replaceChildren();
  nameDocument();
  hint.replaceChildren();
  spoken.replaceChildren();
  showFrame({ isEmpty: thread === undefined, isForeign: false });
  if (thread === undefined) {
    question.focus();
    return showRecent(openThread);
  }
  try {
    const { exchanges, platform } = await readConversation(thread);
    if (signal.aborted) return;
    isStored = true;
    showFrame({ isEmpty: false, isForeign: platform !== "http" });
    showStored(exchanges, platform === "http");
  } catch (error) {
    if (signal.aborted) return;
    // A question that has not even arrived is asked again below.
    if (pendingOf(thread) === undefined) showProblem(error);
  }
  await showRecent(openThread);
  if (!signal.aborted) resumePending(thread);
}

/** @param {readonly import("./stored-messages.js").StoredExchange[]} stored @param {boolean} isOurs whether it can be written to here */
function showStored(stored, isOurs) {
  const pending = pendingOf(openThread);
  const last = stored.findLast(({ asked }) => asked.text === pending?.message);
  if (last?.answered !== undefined) forgetPending();
  for (const { asked, answered } of stored) {
    // What was being asked when the page was left is shown by resumePending, as it goes on.
    if (answered === undefined && asked === last?.asked) continue;
    const view = addView(asked.text, isOurs ? askNext : undefined);
    if (answered === undefined) void follow(view, asked.exchange_id, isOurs ? asked.text : undefined);
    else if (answered.failure === null) view.showStored(answered);
    else view.showFailed(answered.text, isOurs ? again(view, asked.text, answered.failure) : undefined);
  }
}

/**
 * Shows what comes of a question that was asked elsewhere.
 * @param {ExchangeView} view @param {string} exchange @param {string | undefined} message the question, where it may be asked anew
 */
function follow(view, exchange, message) {
  const { signal } = showing;
  view.showStatus("Not answered yet");
  return showAll(view, followExchange(exchange, signal), message, signal);
}

/** @param {string} text */
function askNext(text) {
  const message = text.trim();
  if (isBlank(message) || isAsking) return;
  if (isTooLong(message)) {
    hint.textContent = "That is longer than 8,000 characters.";
    return;
  }
  openThread ??= randomId().slice(0, 12);
  question.value = "";
  for (const notice of transcript.querySelectorAll(":scope > .apology")) notice.remove();
  showFrame({ isEmpty: false, isForeign: false });
  // Only this document's address: a hashchange would open the conversation anew.
  history.replaceState(null, "", threadHash(openThread));
  void play({ key: randomId(), thread: openThread, message });
}

/** @param {string} thread */
function resumePending(thread) {
  const pending = pendingOf(thread);
  if (pending !== undefined && !isAsking) void play(pending);
}

/** Asks, and shows what comes. @param {Question} asked */
async function play(asked) {
  const { signal } = showing;
  isAsking = true;
  send.disabled = true;
  keepPending(asked);
  const view = addView(asked.message, askNext);
  view.showStatus("Asking");
  view.root.scrollIntoView({ block: "start" });
  if (isStored && (await isErased(asked.thread))) {
    if (!signal.aborted) leaveErased(asked);
    return;
  }
  await showAll(view, ask(asked, signal), asked.message, signal);
  if (signal.aborted) return;
  forgetPending();
  isAsking = false;
  send.disabled = false;
  await showRecent(openThread);
}

/** @param {ExchangeView} view @param {AsyncGenerator<AskEvent>} events @param {string | undefined} message the question, where it may be asked anew @param {AbortSignal} signal */
async function showAll(view, events, message, signal) {
  for await (const { event, data } of events) {
    if (signal.aborted) return;
    if (event === "status") showStoredFrame();
    show(view, event, data, message);
  }
}

/** @param {ExchangeView} view @param {string} event @param {any} data @param {string | undefined} message */
function show(view, event, data, message) {
  switch (event) {
    case "status":
      return view.showStatus(data.text);
    case "lost":
      return view.showStatus("Connection lost. Finding the answer again");
    case "source":
      return view.addSource(data);
    case "sentence":
      if (view.addSentence(data.index, data.text)) spoken.append(element("p", {}, data.text));
      return undefined;
    case "done":
      return view.finish(data);
    case "error":
      if (message === undefined) return view.fail(data.error.message, undefined);
      // What has to be put in other words is put back where it can be.
      if (LASTING.has(data.error.code) && question.value === "") question.value = message;
      return view.fail(data.error.message, again(view, message, data.error.code));
    default:
      return undefined;
  }
}

/** What asks a failed question anew, if that may help. @param {ExchangeView} view @param {string} message @param {string} code */
function again(view, message, code) {
  if (LASTING.has(code)) return undefined;
  return () => {
    if (isAsking) return;
    view.root.remove();
    askNext(message);
  };
}

/** The conversation is gone: the question is kept in its box, to begin a new one. @param {Question} asked */
function leaveErased({ message }) {
  forgetPending();
  openThread = undefined;
  isAsking = false;
  isStored = false;
  history.replaceState(null, "", "#");
  question.value = message;
  transcript.replaceChildren(alertOf("This conversation was erased elsewhere. Asking now begins a new one."));
  nameDocument();
  showFrame({ isEmpty: false, isForeign: false });
  void showRecent(openThread);
}

/** From the first word of the API on, the conversation is stored. */
function showStoredFrame() {
  isStored = true;
  showErase();
}

function showErase() {
  byId("thread-actions", HTMLElement).hidden = !isStored;
}

/** @param {string} text @param {((question: string) => void) | undefined} followUp */
function addView(text, followUp) {
  const heading = transcript.querySelector("h1") === null ? "h1" : "h2";
  const view = new ExchangeView(text, heading, followUp);
  transcript.append(view.root);
  nameDocument();
  return view;
}

/** After the conversation's first question, which tells its tab from others. */
function nameDocument() {
  const name = transcript.querySelector("h1")?.textContent;
  document.title = name === undefined ? "Footnote" : `${name} · Footnote`;
}

/** @param {{ isEmpty: boolean, isForeign: boolean }} frame */
function showFrame({ isEmpty, isForeign }) {
  byId("ask-view", HTMLElement).classList.toggle("is-empty", isEmpty);
  byId("opening", HTMLElement).hidden = !isEmpty;
  byId("creed", HTMLElement).hidden = !isEmpty;
  showErase();
  byId("composer", HTMLFormElement).hidden = isForeign;
  byId("to-ask", HTMLAnchorElement).href = openThread === undefined ? "#" : threadHash(openThread);
  question.placeholder = isEmpty ? "How long is a day on Mercury?" : "Ask a follow-up";
  send.disabled = isAsking;
}

/** @param {unknown} error */
function showProblem(error) {
  showNotice(isGone(error) ? "There is no such conversation. Ask, and it begins." : reasonOf(error));
}

/** In the place of the conversation. @param {string} text */
function showNotice(text) {
  transcript.replaceChildren(alertOf(text));
}

/** @param {unknown} error */
function isGone(error) {
  return error instanceof ApiError && error.status === 404;
}

/** @param {unknown} error */
function reasonOf(error) {
  return error instanceof ApiError ? error.message : "Footnote cannot be reached just now.";
}

/** @param {string} text */
function alertOf(text) {
  return element("p", { class: "apology", role: "alert" }, text);
}

async function eraseConversation() {
  if (openThread === undefined || !confirm("Erase this conversation for good?")) return;
  const { signal } = showing;
  try {
    await request(conversationPath(openThread), { method: "DELETE" });
  } catch (error) {
    // One that is gone already is as good as erased.
    if (!isGone(error)) {
      if (!signal.aborted) transcript.append(alertOf(`It could not be erased. ${reasonOf(error)}`));
      return;
    }
  }
  location.hash = "";
}
