import { SnowflakeUtil } from "discord.js";
import { z } from "zod";

/** Docs, *Create Message*: a nonce is known "in the past few minutes". After that only looking tells whether it was used. */
export const NONCE_MS = 2 * 60_000;

/** How far our clock may be ahead of Discord's. */
const SKEW_MS = 30_000;

/** An id that messages posted since then come after. @param since in milliseconds since the epoch */
export function idBefore(since: number): string {
  const timestamp = since - SKEW_MS;
  return String(SnowflakeUtil.generate({ timestamp, increment: 0n, workerId: 0n, processId: 0n }));
}

const postSchema = z.object({
  id: z.string(),
  content: z.string(),
  author: z.object({ bot: z.boolean().optional() }),
  components: z.array(z.unknown()),
});

/**
 * The message of a reply that was posted and not noted, among a channel's messages, latest first: its components tell of the exchange,
 * or it has none and shows just what is to be posted.
 */
export function lostPost(
  listed: object,
  sought: { readonly exchange: string; readonly text: string; readonly known: readonly string[] },
): object | undefined {
  const { exchange, text, known } = sought;
  return z
    .array(postSchema.loose())
    .parse(listed)
    .findLast(({ id, content, author, components }) => {
      if (author.bot !== true || known.includes(id)) return false;
      return components.length === 0 ? content === text : JSON.stringify(components).includes(`:${exchange}:`);
    });
}
