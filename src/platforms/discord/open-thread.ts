import { RequestMethod, RESTJSONErrorCodes, Routes } from "discord.js";
import type { DiscordApi } from "./discord-api.ts";
import { DiscordRefusal, isRefusal } from "./discord-error.ts";

const ARCHIVED: readonly number[] = [RESTJSONErrorCodes.InvalidActionOnArchivedThread];

/** Opens a thread that was archived meanwhile: a new message does, an edit does not. False when that was not it, and where it stays closed. */
export async function openThread(
  thread: string | undefined,
  refusal: DiscordRefusal,
  { api, signal }: { readonly api: DiscordApi; readonly signal: AbortSignal | undefined },
): Promise<boolean> {
  if (!isRefusal(refusal, ARCHIVED) || thread === undefined) return false;
  try {
    await api.again({ method: RequestMethod.Patch, path: Routes.channel(thread), body: { archived: false } }, signal);
    return true;
  } catch (error) {
    if (error instanceof DiscordRefusal) return false;
    throw error;
  }
}
