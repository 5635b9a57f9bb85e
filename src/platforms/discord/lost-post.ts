import { SnowflakeUtil } from "discord.js";
import { z } from "zod";
import type { DiscordApi } from "./discord-api.ts";
import { DiscordRefusal } from "./discord-error.ts";
import type { ReplyRoute } from "./reply-route.ts";

/** Docs, *Create Message*: a nonce is known "in the past few minutes". After that only looking tells whether it was used. */
const NONCE_MS = 2 * 60_000;

/** How far our clock may be ahead of Discord's. */
const SKEW_MS = 30_000;

/** Which message of a reply was posted, it may be, and not noted. */
export interface LostPost {
  readonly exchange: string;
  readonly text: string;
  /** Ids of the reply's messages that were noted. */
  readonly known: readonly string[];
}

/**
 * Looks for what Discord does not know by its nonce any more.
 * @param since when it was to be posted, in milliseconds since the epoch
 */
export async function findLostPost(
  sought: LostPost,
  since: number,
  {
    api,
    route,
    signal,
  }: { readonly api: DiscordApi; readonly route: ReplyRoute; readonly signal: AbortSignal | undefined },
): Promise<object | undefined> {
  if (Date.now() - since < NONCE_MS) return undefined;
  try {
    const request = await route.list(idBefore(since));
    const listed = request && (await api.once(request, signal));
    return listed && lostPost(listed, sought);
  } catch (error) {
    // Nobody may look: it is more likely that it was not posted.
    if (error instanceof DiscordRefusal) return undefined;
    throw error;
  }
}

/** An id that messages posted since then come after. @param since in milliseconds since the epoch */
function idBefore(since: number): string {
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
export function lostPost(listed: object, { exchange, text, known }: LostPost): object | undefined {
  return z
    .array(postSchema.loose())
    .parse(listed)
    .findLast(({ id, content, author, components }) => {
      if (author.bot !== true || known.includes(id)) return false;
      return components.length === 0 ? content === text : JSON.stringify(components).includes(`:${exchange}:`);
    });
}
