import { openConversation, startConversation } from "./conversation.js";
import { byId } from "./element.js";
import { showFigures } from "./figures.js";
import { watchFootnotes } from "./footnotes.js";

/** The address says what is shown: `#figures`, `#thread=<id>`, or nothing for a new conversation. */
function route() {
  const hash = location.hash.slice(1);
  const isFigures = hash === "figures";
  byId("ask-view", HTMLElement).hidden = isFigures;
  byId("figures-view", HTMLElement).hidden = !isFigures;
  markCurrent("to-figures", isFigures);
  markCurrent("to-ask", !isFigures);
  if (isFigures) {
    document.title = "Figures · Footnote";
    byId("figures-title", HTMLElement).focus();
    void showFigures();
    return;
  }
  void openConversation(new URLSearchParams(hash).get("thread") ?? undefined);
}

/** @param {string} id @param {boolean} isCurrent */
function markCurrent(id, isCurrent) {
  const link = byId(id, HTMLAnchorElement);
  if (isCurrent) link.setAttribute("aria-current", "page");
  else link.removeAttribute("aria-current");
}

// The list of conversations lies beside the page where there is room, and folded above it where there is none.
const roomy = matchMedia("(min-width: 62rem)");
const fold = () => {
  byId("recent-details", HTMLDetailsElement).open = roomy.matches;
};
roomy.addEventListener("change", fold);
fold();

byId("skip", HTMLButtonElement).addEventListener("click", () => byId("question", HTMLTextAreaElement).focus());
addEventListener("hashchange", route);
startConversation();
watchFootnotes();
route();
