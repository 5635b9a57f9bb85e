import type { Content } from "./entities.ts";

/** Bare words count too: Slack links them when a message asks for it, and in Markdown. */
const PING =
  /<!(?:channel|here|everyone|subteam\^\w+)(?:\|[^>]*)?>|<@[UW]\w+(?:\|[^>]*)?>|(?<![\w@])@(?:channel|here|everyone)\b/g;

/** What in a message would call people. */
export function pingsIn({ text, blocks }: Content): string[] {
  const written = blocks.length === 0 ? text : JSON.stringify(blocks);
  return [...written.matchAll(PING)].map(([ping]) => ping);
}
