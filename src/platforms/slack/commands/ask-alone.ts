import { SlackRefusal, SlackSilence } from "../slack-error.ts";
import type { SlackParts } from "../slack-parts.ts";
import { acceptInTime } from "./accept-in-time.ts";
import { placeOf, type Question, toInboundMessage } from "./question.ts";
import { toUnthreadedAddress, type UnthreadedPlace } from "./unthreaded-place.ts";

/**
 * Stores a question whose answer stands in no thread. Asked twice by the same command or shortcut it is one.
 * @throws {Failure} `invalid-input`, `over-budget`, `store-unavailable`
 */
export async function askAlone(
  question: Question,
  how: Pick<UnthreadedPlace, "isPrivate" | "responseUrl">,
  parts: Pick<SlackParts, "inbox" | "store" | "log">,
  late: AbortSignal,
): Promise<void> {
  const { team, channel, trigger } = question;
  const name = `q-${trigger}`;
  const place = placeOf(question, { threadTs: name, questionTs: name });
  const address = toUnthreadedAddress(place, how);
  await acceptInTime(toInboundMessage(question, `${team}:${channel}:${name}`, address), parts, late);
}

/**
 * Shows the asker alone that the search has begun.
 * @returns false where Footnote cannot, or not now: then it can write through the response_url
 */
export async function showOnly(
  { team, channel, user }: Question,
  text: string,
  { workspaces }: Pick<SlackParts, "workspaces">,
): Promise<boolean> {
  try {
    const shown = await workspaces.api(team).ifFree("chat.postEphemeral", { channel, user, text });
    return shown !== undefined;
  } catch (error) {
    if (error instanceof SlackRefusal || error instanceof SlackSilence) return false;
    throw error;
  }
}
