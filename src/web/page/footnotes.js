import { byId, element, isWebAddress } from "./element.js";
import { placeNote } from "./note-place.js";
import { addressOf, provenanceOf, titleOf } from "./source-text.js";

/** @typedef {import("./api.js").Source} Source */

const HIDE_AFTER_MS = 220;

/** @type {WeakMap<Element, Source>} */
const sourceOf = new WeakMap();

/**
 * A footnote's mark in the text: opens the note with the quoted passage, which holds the link to the source. It is that link itself for
 * whoever opens it in another tab. No button element: a line of text may break before one.
 * @param {Source} source
 */
export function footnoteMark(source) {
  const where = source.section === "" ? source.title : `${source.title}, ${source.section}`;
  const address = addressOf(source);
  const mark = element(
    "a",
    {
      class: "mark",
      role: "button",
      tabindex: 0,
      href: isWebAddress(address) ? address : undefined,
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      "aria-label": `Footnote ${source.n}: ${where}`,
    },
    element("span", { class: "bracket" }, "["),
    String(source.n),
    element("span", { class: "bracket" }, "]"),
  );
  sourceOf.set(mark, source);
  return mark;
}

/** Shows the passage behind whichever mark is hovered, and keeps it for one that is pressed. One note serves the whole page. */
export function watchFootnotes() {
  const note = byId("note", HTMLElement);
  /** @type {HTMLElement | undefined} */
  let shownFor;
  /** Whether it was asked for, and has the focus, rather than hovered. */
  let isOpen = false;
  let timer = 0;

  /** @param {HTMLElement} mark */
  const show = (mark) => {
    clearTimeout(timer);
    const source = sourceOf.get(mark);
    if (source === undefined || shownFor === mark) return;
    hide();
    shownFor = mark;
    mark.setAttribute("aria-expanded", "true");
    note.setAttribute("aria-label", `Footnote ${source.n}`);
    note.replaceChildren(
      element("p", { class: "note-quote", dir: "auto" }, element("q", {}, source.quote)),
      element("p", { class: "note-source", dir: "auto" }, ...titleOf(source)),
      element("p", { class: "provenance" }, ...provenanceOf(source)),
    );
    // Behind its mark, so that the next tab stop is its link, and the one after that the next mark.
    mark.after(note);
    note.hidden = false;
    placeNote(note, mark);
  };
  /** @param {HTMLElement} mark */
  const open = (mark) => {
    show(mark);
    isOpen = true;
    note.focus({ preventScroll: true });
  };
  const hide = () => {
    clearTimeout(timer);
    shownFor?.setAttribute("aria-expanded", "false");
    shownFor = undefined;
    isOpen = false;
    note.hidden = true;
  };
  const hideSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, HIDE_AFTER_MS);
  };
  /** @param {EventTarget | null} target */
  const isOfNote = (target) => target instanceof Node && (note.contains(target) || shownFor?.contains(target) === true);

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || isOpen) return;
    const mark = markOf(event.target);
    if (mark !== undefined) show(mark);
    else if (isOfNote(event.target)) clearTimeout(timer);
    else if (shownFor !== undefined) hideSoon();
  });
  document.addEventListener("focusin", (event) => {
    if (isOfNote(event.target)) clearTimeout(timer);
    else hide();
  });
  document.addEventListener("focusout", hideSoon);
  document.addEventListener("click", (event) => {
    const mark = markOf(event.target);
    if (mark === undefined) {
      if (!isOfNote(event.target)) hide();
      return;
    }
    // As with any link: a new tab, a new window, a download.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (isOpen && shownFor === mark) hide();
    else open(mark);
  });
  document.addEventListener("keydown", (event) => {
    const mark = markOf(event.target);
    if (event.key === "Escape" && shownFor !== undefined) {
      const opener = isOpen ? shownFor : undefined;
      hide();
      opener?.focus();
    } else if (mark !== undefined && (event.key === " " || (event.key === "Enter" && !mark.hasAttribute("href")))) {
      event.preventDefault();
      mark.click();
    }
  });
  addEventListener("resize", () => {
    if (shownFor !== undefined) placeNote(note, shownFor);
  });
}

/** @param {EventTarget | null} target @returns {HTMLElement | undefined} */
function markOf(target) {
  const mark = target instanceof Element ? target.closest(".mark") : null;
  return mark instanceof HTMLElement ? mark : undefined;
}
