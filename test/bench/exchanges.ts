import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { END, MessagesAnnotation, START, StateGraph } from "@langchain/langgraph";
import { ToolNode } from "@langchain/langgraph/prebuilt";
import { z } from "zod";
import { createAgent } from "../../src/agent/create-agent.ts";
import { QuotingModel } from "../../src/agent/quoting-model.ts";
import { createInbox } from "../../src/exchange/inbox.ts";
import { createWorker, migrateQueue } from "../../src/exchange/worker.ts";
import { openStore } from "../../src/store/open-store.ts";
import { silentLog } from "../fakes/log.ts";
import { scriptPlatform } from "../fakes/script-platform.ts";
import { article, fakeWiki } from "../fakes/wiki.ts";
import { type BenchRow, medianMs, round } from "./row.ts";

const QUESTION = "When was Tesla born?";
const ROUNDS = 200;
const EXCHANGES = 500;

/**
 * From a question to its stored answer with an instant model and wiki, on embedded PostgreSQL that syncs every commit,
 * against the bare LangGraph loop that keeps nothing; and exchanges a second.
 */
export async function benchExchanges(): Promise<readonly BenchRow[]> {
  const wiki = fakeWiki({
    articles: [article("Nikola Tesla", "Tesla was born in Smiljan in 1856. He moved to the United States in 1884.")],
  });
  const bare = bareLoop(wiki);
  const agent = createAgent({ wiki, model: { model: "quoting" }, log: silentLog });
  const dataDir = await mkdtemp(join(tmpdir(), "footnote-bench-"));
  const store = await openStore({ dataDir, log: silentLog });
  await migrateQueue(store.pool, silentLog);
  const platform = scriptPlatform();
  const worker = createWorker({ store, pool: store.pool, agent, platforms: [platform], log: silentLog });
  const inbox = createInbox({ store, log: silentLog });
  await worker.start();
  let sent = 0;

  async function send(thread: number): Promise<void> {
    sent += 1;
    const author = { id: "http:bench", name: "Bench" };
    const receivedAt = new Date();
    await inbox.accept({ id: `b${sent}`, thread: `http:b${thread}`, author, text: QUESTION, replyTo: {}, receivedAt });
  }

  async function exchange(): Promise<void> {
    const before = platform.shown.length;
    // A thread of its own for each, or the history would grow.
    await send(sent);
    await platform.shows(before + 1);
  }

  async function perSecond(threads: number): Promise<number> {
    const before = platform.shown.length;
    const begun = performance.now();
    const first = 1_000_000 + sent;
    for (let n = 0; n < EXCHANGES; n += threads) {
      await Promise.all(Array.from({ length: threads }, (_, thread) => send(first + thread)));
    }
    await platform.shows(before + EXCHANGES);
    return (EXCHANGES * 1_000) / (performance.now() - begun);
  }

  try {
    await medianMs([bare, exchange], 20);
    const [bareMs = 0, agentMs = 0, exchangeMs = 0] = await medianMs([bare, () => drain(agent), exchange], ROUNDS);
    const comparedTo = "bare LangGraph loop";
    const rows: BenchRow[] = [
      { name: comparedTo, value: round(bareMs, 100), unit: "ms" },
      {
        name: "agent with its gate",
        value: round(agentMs, 100),
        unit: "ms",
        comparedTo,
        ratio: round(agentMs / bareMs, 10),
      },
      {
        name: "question to stored answer",
        value: round(exchangeMs, 100),
        unit: "ms",
        comparedTo,
        ratio: round(exchangeMs / bareMs, 10),
      },
    ];
    for (const threads of [1, 10, 100]) {
      rows.push({
        name: `exchanges, ${threads} threads at once`,
        value: round(await perSecond(threads), 1),
        unit: "1/s",
      });
    }
    return rows;
  } finally {
    await worker.stop(1_000);
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The same model, tool and messages, as LangGraph's own documentation puts them together. */
function bareLoop(wiki: ReturnType<typeof fakeWiki>): () => Promise<unknown> {
  const model = new QuotingModel();
  const find = tool(
    async ({ question }) => {
      const { value } = await wiki.passages.find(question);
      const passages = value.passages.map((passage, index) => ({ n: index + 1, passage }));
      return [JSON.stringify(value.titles), { relevant: value.relevant, passages }];
    },
    {
      name: "find_passages",
      description: "Finds passages.",
      schema: z.object({ question: z.string() }),
      responseFormat: "content_and_artifact",
    },
  );
  const graph = new StateGraph(MessagesAnnotation)
    .addNode("model", async ({ messages }) => ({ messages: [await model.invoke(messages)] }))
    .addNode("tools", new ToolNode([find]))
    .addEdge(START, "model")
    .addConditionalEdges("model", ({ messages }) => (callsTools(messages.at(-1)) ? "tools" : END), ["tools", END])
    .addEdge("tools", "model")
    .compile();
  return () => graph.invoke({ messages: [new SystemMessage("Answer."), new HumanMessage(QUESTION)] });
}

function callsTools(message: unknown): boolean {
  return (message as { tool_calls?: unknown[] } | undefined)?.tool_calls?.length === 1;
}

async function drain(agent: ReturnType<typeof createAgent>): Promise<void> {
  const { signal } = new AbortController();
  for await (const event of agent.answer({ question: QUESTION, history: [], signal })) void event;
}
