import type { types } from "@slack/bolt";
import { fallbackText } from "./answer-text.ts";
import { SlackRefusal } from "./slack-error.ts";

/** Blocks under the text, from the best to what Slack takes in any case. */
export type Tails = readonly (readonly types.ContextBlock[])[];
export const NO_TAIL: Tails = [[]];

const REPLY_EVENT = "footnote_reply";

/** Which part of which reply a message is: by this it is found when nobody has noted its `ts`. */
export function metadataOf(exchange: string, part: number) {
  return { event_type: REPLY_EVENT, event_payload: { exchange, part } };
}

export function isPartOf(
  exchange: string,
  part: number,
  metadata: { readonly event_type: string; readonly event_payload: Readonly<Record<string, unknown>> } | undefined,
): boolean {
  const payload = metadata?.event_payload;
  return metadata?.event_type === REPLY_EVENT && payload?.["exchange"] === exchange && payload["part"] === part;
}

/** A part as `chat.postMessage` and `chat.update` take it. */
export function bodyOf(markdown: string, tail: readonly types.ContextBlock[]) {
  return { text: fallbackText(markdown), blocks: [{ type: "markdown", text: markdown }, ...tail] };
}

/** Slack checks blocks as a whole: one picture it cannot load, and the text goes without. @throws {SlackRefusal} */
export async function firstAccepted<T>(
  tails: Tails,
  act: (tail: readonly types.ContextBlock[]) => Promise<T>,
): Promise<T> {
  for (const tail of tails.slice(0, -1)) {
    try {
      return await act(tail);
    } catch (error) {
      if (!(error instanceof SlackRefusal) || !error.code.startsWith("invalid_blocks")) throw error;
    }
  }
  return act(tails.at(-1) ?? []);
}
