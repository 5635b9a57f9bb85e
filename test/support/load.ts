import { setTimeout as delay } from "node:timers/promises";
import type { FootnoteProcess, Owner, Reply } from "./footnote-process.ts";

export interface Asked {
  readonly key: string;
  readonly thread: string;
  readonly question: string;
  readonly status: number;
  readonly body: Reply["body"];
}

export interface Load {
  /** Asks no more, and resolves with every reply once all are there. */
  end(): Promise<readonly Asked[]>;
}

/** Asks a question every so many milliseconds, whatever became of those before, in ten threads in turn. */
export function startLoad(owner: Owner, footnote: FootnoteProcess, everyMs: number): Load {
  const ending = new AbortController();
  const asked: Promise<Asked>[] = [];

  async function ask(number: number): Promise<Asked> {
    const [key, thread, question] = [`load-${number}`, `thread-${number % 10}`, `Question ${number}?`];
    return { key, thread, question, ...(await footnote.ask(question, { thread, key })) };
  }

  async function keepAsking(): Promise<void> {
    while (!ending.signal.aborted) {
      const reply = ask(asked.length);
      // Seen by whoever ends the load; a test that has failed already need not hear of it.
      reply.catch(() => {});
      asked.push(reply);
      await delay(everyMs);
    }
  }

  const asking = keepAsking();
  owner.after(async () => ending.abort());
  return {
    async end() {
      ending.abort();
      await asking;
      return Promise.all(asked);
    },
  };
}
