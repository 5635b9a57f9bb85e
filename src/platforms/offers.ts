import type { Answer, CitedSentence } from "../core/reply.ts";

/** An answer's sentences but for the titles on offer, where these are something to choose from, and no list. */
export function withoutOffers({ sentences, suggestions, outcome }: Answer): readonly CitedSentence[] {
  if (outcome === "answered") return sentences;
  return sentences.filter(({ before, text }) => before.trim() !== "-" || !suggestions.includes(text));
}
