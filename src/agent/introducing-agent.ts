import type { Agent, AgentEvent, AgentRequest } from "../core/agent.ts";
import type { Answer, CitedSentence } from "../core/reply.ts";
import { isSmallTalk } from "../core/small-talk.ts";
import { textsFor } from "./answer-texts.ts";
import { asksForHelp } from "./asks-for-help.ts";

/**
 * An agent that answers small talk, and questions about itself, with what it can do: no wiki is asked. Platforms leave alone what is not
 * meant for Footnote; whatever reaches the agent gets an answer.
 * @param agent answers everything else
 * @param wikiName shown to people
 */
export function introducingAgent(agent: Agent, wikiName: string): Agent {
  return {
    answer(request) {
      return isForUs(request) ? introduce(request, wikiName) : agent.answer(request);
    },
  };
}

function isForUs({ question, subject, history, context = [] }: AgentRequest): boolean {
  // Whoever has chosen an article means it, whatever it is called.
  if (subject !== undefined) return false;
  if (isSmallTalk(question)) return true;
  // In a thread that is about something, "how does this work?" is about that.
  const isAboutSomething = history.length > 0 || context.length > 0;
  return asksForHelp(question) && !(isAboutSomething && POINTS_BACK.test(question));
}

const POINTS_BACK = /(?<!\p{L})(?:this|das|esto|ça|funciona|c['’]est)(?!\p{L})/iu;

async function* introduce({ question, history }: AgentRequest, wikiName: string): AsyncGenerator<AgentEvent> {
  const texts = textsFor(question);
  const opening = THANKS.test(question) ? [texts.welcome] : GREETING.test(question) ? [texts.hello] : [];
  // Whoever thanks for an answer knows what Footnote does.
  const isKnown = history.length > 0 && opening.length > 0 && !asksForHelp(question);
  const sentences = [...opening, ...(isKnown ? [] : texts.introduction(wikiName))].map(plain);
  for (const sentence of sentences) yield { type: "sentence", sentence };
  yield { type: "answer", answer: { ...NOTHING_LOOKED_UP, sentences } };
}

const THANKS = /\b(?:thanks?|thx|ty|cheers|danke|dank|gracias|merci|grazie|obrigad[oa])\b|ありがとう|谢谢|謝謝|감사/iu;
const GREETING =
  /\b(?:hi|hello|hey|howdy|good (?:morning|afternoon|evening)|hallo|moin|servus|guten|hola|bonjour|salut)\b|こんにちは|你好|안녕/iu;

function plain(text: string, index: number): CitedSentence {
  return { before: index === 0 ? "" : " ", text, footnotes: [], verdict: "structural" };
}

const NOTHING_LOOKED_UP: Omit<Answer, "sentences"> = {
  citations: [],
  suggestions: [],
  outcome: "answered",
  model: "none",
  tokens: { input: 0, output: 0 },
  cache: "miss",
};
