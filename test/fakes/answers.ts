import type { AgentEvent } from "../../src/core/agent.ts";
import type { Citation, Source } from "../../src/core/article.ts";
import type { Answer, CitedSentence } from "../../src/core/reply.ts";

/** One answered question about Mercury, for tests that need some answer and care for its shape only. */
export const MERCURY_SOURCE: Source = {
  id: "https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7|1|0",
  title: "Mercury (planet)",
  section: "Rotation",
  language: "en",
  revision: "7",
  revisedAt: "2026-10-01T12:00:00Z",
  url: "https://wiki.example/index.php?title=Mercury_%28planet%29&oldid=7#Rotation",
  text: "Mercury turns three times on its axis for every two revolutions around the Sun. A solar day lasts 176 Earth days.",
  license: { name: "CC BY-SA 4.0", url: "https://creativecommons.org/licenses/by-sa/4.0/" },
};

export const MERCURY_CITATION: Citation = {
  n: 1,
  source: MERCURY_SOURCE,
  quote: "A solar day lasts 176 Earth days.",
};

export const SUPPORTED: CitedSentence = {
  before: "",
  text: "A day on Mercury lasts 176 Earth days.",
  footnotes: [1],
  verdict: "supported",
};

export const UNSUPPORTED: CitedSentence = {
  before: " ",
  text: "Nobody has stayed for one.",
  footnotes: [],
  verdict: "unsupported",
};

export const MERCURY_ANSWER: Answer = {
  sentences: [SUPPORTED, UNSUPPORTED],
  citations: [MERCURY_CITATION],
  suggestions: ["Venus"],
  outcome: "answered",
  model: "quoting",
  tokens: { input: 0, output: 0 },
  cache: "miss",
};

/** What an agent says on the way to `answer`. */
export function eventsOf(answer: Answer): AgentEvent[] {
  return [
    { type: "status", text: "Searching" },
    ...answer.citations.map((citation): AgentEvent => ({ type: "source", citation })),
    ...answer.sentences.map((sentence): AgentEvent => ({ type: "sentence", sentence })),
    { type: "answer", answer },
  ];
}
