import { RequestMethod, RESTJSONErrorCodes, Routes } from "discord.js";
import { z } from "zod";
import type { Log } from "../../core/log.ts";
import { type Texts, textsFor } from "../texts.ts";
import { postIn } from "./channel-messages.ts";
import type { DiscordApi } from "./discord-api.ts";
import type { DiscordRefusal } from "./discord-error.ts";
import { bodyOf, nonceOf, NO_TAIL } from "./message-body.ts";
import type { ReplyPlace } from "./reply-place.ts";

const REASONS: Readonly<Record<number, keyof Omit<Texts["notAnswered"], "told">>> = {
  [RESTJSONErrorCodes.UnknownChannel]: "channelGone",
  [RESTJSONErrorCodes.UnknownMessage]: "questionGone",
  [RESTJSONErrorCodes.MissingAccess]: "unseen",
  [RESTJSONErrorCodes.MissingPermissions]: "unwritable",
  [RESTJSONErrorCodes.ThreadLocked]: "locked",
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread]: "locked",
};

/** Writes to the asker directly why there is no answer, once. A courtesy: no trouble with it matters. */
export async function tellAsker(
  refusal: DiscordRefusal,
  parts: {
    readonly api: DiscordApi;
    readonly place: ReplyPlace;
    readonly exchange: string;
    readonly signal: AbortSignal | undefined;
    readonly log: Log;
  },
): Promise<void> {
  const { api, place, exchange, signal, log } = parts;
  if (place.guild === null) return;
  const { notAnswered } = textsFor(place.locale);
  const text = notAnswered.told(`<#${place.channel}>`, notAnswered[REASONS[refusal.code] ?? "refused"]);
  try {
    const open = { method: RequestMethod.Post, path: Routes.userChannels(), body: { recipient_id: place.user } };
    const { id } = z.object({ id: z.string() }).parse(await api.once(open, signal));
    await api.once(postIn(id, bodyOf(text, NO_TAIL), nonceOf(exchange, -1)), signal);
  } catch (error) {
    log.info({ err: error }, "the asker was not told");
  }
}
