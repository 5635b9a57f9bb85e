import { benchCacheHits, benchCacheMisses } from "./cache.ts";
import { benchExchanges } from "./exchanges.ts";
import { benchHistory } from "./history.ts";
import { benchProcess } from "./process.ts";
import { benchRanking } from "./ranking.ts";
import type { BenchRow } from "./row.ts";
import { benchSlack } from "./slack.ts";
import { openRedis } from "../support/redis.ts";

/** `npm run bench`, or `npm run bench -- exchanges cache` for some of it: one table, as Markdown. */
const ends: (() => Promise<void>)[] = [];
const owner = { after: (end: () => Promise<void>) => void ends.push(end) };

const BENCHES: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  exchanges: benchExchanges,
  async cache() {
    const redis = await openRedis(owner);
    return [...(await benchCacheHits(redis)), ...(await benchCacheMisses(redis))];
  },
  ranking: benchRanking,
  history: benchHistory,
  process: () => benchProcess(owner),
  slack: () => benchSlack(owner),
};

const asked = process.argv.slice(2);
const names = asked.length === 0 ? Object.keys(BENCHES) : asked;
console.log("| measured | median | compared to | ratio |\n|---|---:|---|---:|");
for (const name of names) {
  const bench = BENCHES[name];
  if (bench === undefined) throw new Error(`there is no ${name}; there are ${Object.keys(BENCHES).join(", ")}`);
  for (const { name: what, value, unit, comparedTo = "", ratio } of await bench()) {
    console.log(`| ${what} | ${value.toLocaleString("en")} ${unit} | ${comparedTo} | ${ratio ?? ""} |`);
  }
}
for (const end of ends) await end();
process.exit(0);
