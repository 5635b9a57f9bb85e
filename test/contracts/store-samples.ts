import type { Citation } from "../../src/core/article.ts";
import type { Exchange, ExchangeEvent, Store } from "../../src/core/exchange.ts";
import type { InboundMessage } from "../../src/core/message.ts";
import type { Answer } from "../../src/core/reply.ts";

export function question(over: Partial<InboundMessage> = {}): InboundMessage {
  return {
    id: "m1",
    thread: "slack:T1:C1:1.0",
    author: { id: "slack:U1", name: "Ada" },
    text: "What is mercury?",
    replyTo: { channel: "C1", ts: "1.0", direct: false, parent: null, n: 7 },
    receivedAt: new Date("2026-11-01T10:00:00.123Z"),
    ...over,
  };
}

export function at(second: number): Date {
  return new Date(Date.UTC(2027, 0, 1, 0, 0, second));
}

export async function askAndAnswer(store: Store, over: Partial<InboundMessage>, answer: Answer) {
  const { exchange } = await store.receive(question(over));
  await store.begin(exchange);
  await store.answer(exchange, answer);
  return exchange;
}

/** Collects the events of an exchange; `next(n)` resolves with the first n once they have come. */
export function listen(store: Store, exchange: string) {
  const events: ExchangeEvent[] = [];
  const arrived = new EventTarget();
  store.feed.subscribe(exchange, (event) => {
    events.push(event);
    arrived.dispatchEvent(new Event("event"));
  });
  return {
    async next(count: number): Promise<ExchangeEvent[]> {
      while (events.length < count) {
        await new Promise((resolve) => arrived.addEventListener("event", resolve, { once: true }));
      }
      return events;
    },
  };
}

export function answerOf(text: string): Answer {
  return {
    sentences: [{ before: "", text, footnotes: [], verdict: "structural" }],
    citations: [],
    suggestions: [],
    outcome: "answered",
    model: "quoting",
    tokens: { input: 0, output: 0 },
    cache: "miss",
  };
}

const planet: Citation = {
  n: 1,
  quote: "Mercury is the first planet",
  source: {
    id: "https://wiki.test/w?oldid=12|0|0",
    title: "Mercury (planet)",
    section: "",
    language: "en",
    revision: "12",
    revisedAt: "2026-10-01T00:00:00Z",
    url: "https://wiki.test/w?title=Mercury_%28planet%29&oldid=12",
    text: "Mercury is the first planet from the Sun.",
    license: { name: "CC BY-SA 4.0", url: "https://creativecommons.org/licenses/by-sa/4.0/" },
    thumbnail: { url: "https://wiki.test/mercury.jpg", width: 320, height: 320 },
    staleSince: "2026-10-31T23:00:00.000Z",
  },
};

const unit: Citation = {
  n: 2,
  quote: "a unit",
  source: {
    id: "https://wiki.test/w?oldid=3|1|0",
    title: "Ångström",
    section: "Use",
    language: "en",
    revision: "3",
    url: "https://wiki.test/w?oldid=3#Use",
    text: "It is a unit of length.",
  },
};

export const fullAnswer: Answer = {
  sentences: [
    { before: "", text: "Mercury is a planet.", footnotes: [1, 2], verdict: "supported" },
    { before: "\n\n", text: "It is hot.", footnotes: [2], verdict: "supported" },
    { before: " ", text: "Some say so.", footnotes: [], verdict: "unsupported" },
  ],
  citations: [planet, unit],
  suggestions: ["Mercury (element)", "Mercury, “the god”"],
  outcome: "answered",
  limit: "rounds",
  model: "gpt-x",
  tokens: { input: 123, output: 45 },
  cache: "stale",
  thumbnail: { url: "https://wiki.test/mercury.jpg", width: 320, height: 320 },
};

/** The id of no exchange. */
export const UNKNOWN = "0199d1a2-0000-7000-8000-000000000000";

/** Ways of a received exchange into each state. */
export const become: Record<Exchange["state"], (store: Store, exchange: Exchange) => Promise<unknown>> = {
  received: async () => {},
  running: (store, exchange) => store.begin(exchange),
  answered: async (store, exchange) => {
    await store.begin(exchange);
    await store.answer(exchange, fullAnswer);
  },
  delivered: async (store, exchange) => {
    await store.answer(exchange, fullAnswer);
    await store.delivered(exchange, { messages: ["1.1"] });
  },
  failed: (store, exchange) => store.fail(exchange, "deadline"),
};

/** What was said in the samples' own thread. */
export async function texts(store: Store): Promise<string[]> {
  const page = await store.messages("slack:T1:C1:1.0", { limit: 50 });
  return page?.items.map(({ text }) => text) ?? [];
}

/** How many questions of yesterday and today count as failed. */
export async function failures(store: Store): Promise<number> {
  return (await store.usage(2)).perDay.reduce((sum, { failed }) => sum + failed, 0);
}
