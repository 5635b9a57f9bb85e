import { ApiError, conversationPath, request } from "./api.js";
import { ask, randomId } from "./ask.js";
import { byId, element } from "./element.js";
import { ExchangeView } from "./exchange.js";
import { forgetPending, keepPending, pendingOf } from "./pending.js";
import { showRecent, threadHash } from "./recent.js";
import { isBlank, isTooLong } from "./question-text.js";
import { isErased, readConversation } from "./stored-messages.js";

/** @typedef {import("./ask.js").Question} Question */

const transcript = byId("exchanges", HTMLElement);
const question = byId("question", HTMLTextAreaElement);
const send = byId("send", HTMLButtonElement);
const hint = byId("composer-hint", HTMLElement);
const spoken = byId("spoken", HTMLElement);

/** @type {string | undefined} */
let openThread;
/** Which conversation is shown, counted: what still arrives for an earlier one is not shown. */
let showing = 0;
let isAsking = false;
/** Whether the open conversation is known to have been stored: then it can be erased, here or elsewhere. */
let isStored = false;

/** Errors that the same question meets again, however often it is asked. */
const LASTING = new Set(["invalid-input", "too-large"]);

/** Wires the form. Call once. */
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
}

/**
 * Shows a conversation, or an empty page for a new one.
 * @param {string | undefined} thread
 */
export async function openConversation(thread) {
  if (thread !== undefined && thread === openThread) return;
  const mine = ++showing;
  openThread = thread;
  isAsking = false;
  isStored = false;
  transcript.replaceChildren();
  hint.replaceChildren();
  spoken.replaceChildren();
  showFrame({ isEmpty: thread === undefined, isForeign: false });
  if (thread === undefined) {
    question.focus();
    return refreshRecent();
  }
  try {
    const { exchanges, platform } = await readConversation(thread);
    if (mine !== showing) return;
    isStored = true;
    showFrame({ isEmpty: false, isForeign: platform !== "http" });
    showStored(exchanges, platform);
  } catch (error) {
    if (mine !== showing) return;
    // A question that has not even arrived is asked again below.
    if (pendingOf(thread) === undefined) showProblem(error);
  }
  await refreshRecent();
  if (mine === showing) resumePending(thread);
}

/** @param {readonly import("./stored-messages.js").StoredExchange[]} stored @param {string} platform */
function showStored(stored, platform) {
  const pending = pendingOf(openThread);
  const last = stored.findLast(({ asked }) => asked.text === pending?.message);
  if (last?.answered !== undefined) forgetPending();
  for (const { asked, answered } of stored) {
    // What was being asked when the page was left is shown by resumePending, as it goes on.
    if (answered === undefined && asked === last?.asked) continue;
    const view = addView(asked.text);
    if (answered === undefined) view.showUnanswered(() => location.reload());
    else if (answered.failure === null) view.showStored(answered.text, answered.sources);
    else view.showFailed(answered.text, platform === "http" ? again(view, asked.text, answered.failure) : undefined);
  }
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
  const mine = showing;
  isAsking = true;
  send.disabled = true;
  keepPending(asked);
  const view = addView(asked.message);
  view.showStatus("Asking");
  view.root.scrollIntoView({ block: "start" });
  if (isStored && (await isErased(asked.thread))) {
    if (mine === showing) leaveErased(asked);
    return;
  }
  for await (const { event, data } of ask(asked)) {
    if (mine !== showing) return;
    if (event === "status") showStoredFrame();
    show(view, event, data, asked);
  }
  forgetPending();
  isAsking = false;
  send.disabled = false;
  await refreshRecent();
}

/** @param {ExchangeView} view @param {string} event @param {any} data @param {Question} asked */
function show(view, event, data, asked) {
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
      // What has to be put in other words is put back where it can be.
      if (LASTING.has(data.error.code) && question.value === "") question.value = asked.message;
      return view.fail(data.error.message, again(view, asked.message, data.error.code));
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
  showFrame({ isEmpty: false, isForeign: false });
  void refreshRecent();
}

/** From the first word of the API on, the conversation is stored. */
function showStoredFrame() {
  isStored = true;
  showErase();
}

function showErase() {
  byId("thread-actions", HTMLElement).hidden = !isStored;
}

/** @param {string} text */
function addView(text) {
  const view = new ExchangeView(text, askNext);
  transcript.append(view.root);
  return view;
}

/** @param {{ isEmpty: boolean, isForeign: boolean }} frame */
function showFrame({ isEmpty, isForeign }) {
  byId("ask-view", HTMLElement).classList.toggle("is-empty", isEmpty);
  byId("opening", HTMLElement).hidden = !isEmpty;
  byId("creed", HTMLElement).hidden = !isEmpty;
  showErase();
  byId("composer", HTMLFormElement).hidden = isForeign;
  byId("to-ask", HTMLAnchorElement).href = openThread === undefined ? "#" : threadHash(openThread);
  question.placeholder = isEmpty ? "How long is a day on Mercury?" : "Ask on";
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
  const mine = showing;
  try {
    await request(conversationPath(openThread), { method: "DELETE" });
  } catch (error) {
    // One that is gone already is as good as erased.
    if (!isGone(error)) {
      if (mine === showing) transcript.append(alertOf(`It could not be erased. ${reasonOf(error)}`));
      return;
    }
  }
  location.hash = "";
}

async function refreshRecent() {
  try {
    await showRecent(openThread);
  } catch {
    // The list is a convenience; the conversation itself tells what is wrong.
    byId("recent-list", HTMLOListElement).replaceChildren();
  }
}
