import { byId, element, isWebAddress, outsideLink } from "./element.js";

/** @typedef {import("./api.js").Source} Source */

const HIDE_AFTER_MS = 220;

/** @type {WeakMap<Element, Source>} */
const sourceOf = new WeakMap();

/**
 * A footnote's mark in the text: a link to the source, which shows the quoted passage on hover, focus and tap.
 * @param {Source} source
 */
export function footnoteMark(source) {
  const where = source.section === "" ? source.title : `${source.title}, ${source.section}`;
  const mark = element(
    "a",
    {
      class: "mark",
      role: isWebAddress(source.url) ? undefined : "button",
      tabindex: 0,
      href: isWebAddress(source.url) ? source.url : undefined,
      target: "_blank",
      rel: "noopener noreferrer",
      "aria-label": `Footnote ${source.n}: ${where}`,
    },
    element("span", { class: "bracket" }, "["),
    String(source.n),
    element("span", { class: "bracket" }, "]"),
  );
  sourceOf.set(mark, source);
  return mark;
}

/**
 * The list of sources below an answer.
 * @param {readonly Source[]} sources
 */
export function sourceList(sources) {
  return element("ol", { class: "sources", "aria-label": "Sources" }, ...sources.map(sourceItem));
}

/** @param {Source} source */
function sourceItem(source) {
  return element(
    "li",
    { value: source.n },
    element("p", { class: "source-title", dir: "auto" }, ...titleOf(source)),
    element("blockquote", { dir: "auto" }, source.quote),
    element("p", { class: "provenance" }, ...provenanceOf(source)),
  );
}

/** @param {Source} source */
function titleOf(source) {
  const title = outsideLink(source.url, element("cite", {}, source.title));
  return source.section === "" ? [title] : [title, ", ", source.section];
}

/** @param {Source} source @returns {(Node | string)[]} */
function provenanceOf({ revised_at, revision, license, stale_since }) {
  /** @type {(Node | string)[][]} */
  const parts = [
    [revised_at === null ? `revision ${revision}` : `as of ${dateText(revised_at)}`],
    ...(license === null ? [] : [[outsideLink(license.url, license.name)]]),
    ...(stale_since === undefined
      ? []
      : [
          [
            element(
              "span",
              { class: "stale" },
              `fetched ${dateText(stale_since)}; the wiki could not be reached since`,
            ),
          ],
        ]),
  ];
  return parts.flatMap((part, index) => (index === 0 ? part : [" · ", ...part]));
}

/** @param {string} iso */
function dateText(iso) {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleDateString("en-GB", { dateStyle: "medium", timeZone: "UTC" });
}

/** Shows the passage behind whichever mark is hovered, focused or tapped. One note serves the whole page. */
export function watchFootnotes() {
  const note = byId("note", HTMLElement);
  /** @type {HTMLElement | undefined} */
  let shownFor;
  let timer = 0;

  /** @param {HTMLElement} mark */
  const show = (mark) => {
    clearTimeout(timer);
    const source = sourceOf.get(mark);
    if (source === undefined || shownFor === mark) return;
    hide();
    shownFor = mark;
    mark.setAttribute("aria-describedby", note.id);
    note.replaceChildren(
      element("p", { class: "note-quote", dir: "auto" }, source.quote),
      element("p", { class: "note-source", dir: "auto" }, ...titleOf(source)),
      element("p", { class: "provenance" }, ...provenanceOf(source)),
    );
    note.hidden = false;
    place(note, mark);
  };
  const hide = () => {
    clearTimeout(timer);
    shownFor?.removeAttribute("aria-describedby");
    shownFor = undefined;
    note.hidden = true;
  };
  const hideSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, HIDE_AFTER_MS);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const mark = markOf(event.target);
    if (mark !== undefined) show(mark);
    else if (event.target instanceof Node && note.contains(event.target)) clearTimeout(timer);
    else if (shownFor !== undefined && shownFor !== document.activeElement) hideSoon();
  });
  document.addEventListener("focusin", (event) => {
    const mark = markOf(event.target);
    if (mark !== undefined) show(mark);
    else if (event.target instanceof Node && note.contains(event.target)) clearTimeout(timer);
    else hide();
  });
  document.addEventListener("focusout", hideSoon);
  document.addEventListener("click", (event) => {
    const mark = markOf(event.target);
    if (mark !== undefined) {
      // A tap shows the passage, which holds the link to its source; a click with a mouse has seen it already.
      if (event instanceof PointerEvent && event.pointerType === "touch") event.preventDefault();
      show(mark);
    } else if (!(event.target instanceof Node && note.contains(event.target))) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  addEventListener("resize", hide);
}

/** @param {EventTarget | null} target @returns {HTMLElement | undefined} */
function markOf(target) {
  const mark = target instanceof Element ? target.closest(".mark") : null;
  return mark instanceof HTMLElement ? mark : undefined;
}

const MARGIN = 12;

/**
 * Puts the note above its mark, or below where there is no room, inside the window.
 * @param {HTMLElement} note
 * @param {HTMLElement} mark
 */
function place(note, mark) {
  const at = mark.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const left = Math.min(Math.max(MARGIN, at.left + at.width / 2 - width / 2), innerWidth - width - MARGIN);
  const above = at.top - height - 8;
  note.style.left = `${left + scrollX}px`;
  note.style.top = `${(above < MARGIN ? at.bottom + 8 : above) + scrollY}px`;
}
