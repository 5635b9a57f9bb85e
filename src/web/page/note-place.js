const GAP = 8;
const MARGIN = 12;
/** Pixels of a note's height that are worth showing; the rest of it scrolls. */
const ENOUGH = 160;

/**
 * Puts a note below its mark, or above the paragraph where there is more room, so that the sentence it belongs to can be read beside it.
 * @param {HTMLElement} note
 * @param {HTMLElement} mark
 */
export function placeNote(note, mark) {
  note.style.maxHeight = "";
  const at = mark.getBoundingClientRect();
  const block = (mark.closest("p, li, tr, blockquote, h3") ?? mark).getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const below = innerHeight - at.bottom - GAP - MARGIN;
  const above = block.top - GAP - MARGIN;
  const isAbove = below < Math.min(height, ENOUGH) && above > below;
  const shown = Math.min(height, Math.max(isAbove ? above : below, ENOUGH));
  const left = Math.min(Math.max(MARGIN, at.left + at.width / 2 - width / 2), innerWidth - width - MARGIN);
  note.style.maxHeight = `${shown}px`;
  note.style.left = `${left + scrollX}px`;
  note.style.top = `${(isAbove ? block.top - GAP - shown : at.bottom + GAP) + scrollY}px`;
}
