import { RequestMethod, Routes } from "discord.js";
import { z } from "zod";
import type { Log } from "../../core/log.ts";
import type { DiscordApi } from "./discord-api.ts";

/** The channel a thread is in; `undefined` where Discord does not tell. */
export type ParentOf = (thread: string) => Promise<string | undefined>;

const REMEMBERED_THREADS = 10_000;

const threadSchema = z.object({ parent_id: z.string().nullish() });

/** Discord does not say it with a message. A thread stays in its channel, so it is asked for once. */
export function createThreadParents({ api, log }: { readonly api: DiscordApi; readonly log: Log }): ParentOf {
  const known = new Map<string, string>();

  return async (thread) => {
    const parent = known.get(thread);
    if (parent !== undefined) return parent;
    try {
      const found = await api.once({ method: RequestMethod.Get, path: Routes.channel(thread) });
      const { parent_id: id } = threadSchema.parse(found);
      if (id === null || id === undefined) return undefined;
      if (known.size >= REMEMBERED_THREADS) known.clear();
      known.set(thread, id);
      return id;
    } catch (error) {
      log.info({ err: error, thread }, "not known where the thread is");
      return undefined;
    }
  };
}
