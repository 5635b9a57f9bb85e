import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateQueue } from "../../src/exchange/worker.ts";
import { openStore } from "../../src/store/open-store.ts";
import { silentLog } from "../fakes/log.ts";
import { insertMany } from "../support/many-messages.ts";
import { type BenchRow, medianMs, round } from "./row.ts";

const ROUNDS = 101;

/** What is read at every question and for the figures, in a database of 1,000 and of 1,000,000 messages. */
export async function benchHistory(): Promise<readonly BenchRow[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "footnote-bench-"));
  const store = await openStore({ dataDir, log: silentLog });
  await migrateQueue(store.pool, silentLog);
  try {
    await insertMany(store.pool, { name: "small", threads: 10, exchangesEach: 50 });
    const small = await read("small");
    await insertMany(store.pool, { name: "large", threads: 10, exchangesEach: 49_950 });
    const large = await read("large");
    return [
      "next question of a thread, with its history",
      "page of conversations",
      "page of messages",
      "database figures",
      "figures of 30 days",
    ].flatMap((name, index) => {
      const [before = 0, after = 0] = [small[index], large[index]];
      const comparedTo = "1,000 messages";
      return [
        { name: `${name}, 1,000 messages`, value: round(before, 100), unit: "ms" },
        {
          name: `${name}, 1,000,000 messages`,
          value: round(after, 100),
          unit: "ms",
          comparedTo,
          ratio: round(after / before, 10),
        },
      ];
    });
  } finally {
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  }

  async function read(name: string): Promise<number[]> {
    const thread = `http:${name}-1` as const;
    const author = { id: "http:bench", name: "Bench" };
    await store.receive({ id: name, thread, author, text: "And now?", replyTo: {}, receivedAt: new Date() });
    const reads = [
      () => store.nextUnfinished(thread),
      () => store.conversations({ limit: 20 }),
      () => store.messages(thread, { limit: 50 }),
      () => store.stats(),
      () => store.usage(30),
    ];
    await medianMs(reads, 5);
    return medianMs(reads, ROUNDS);
  }
}
