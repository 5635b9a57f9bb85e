import type { types } from "@slack/bolt";
import { tablesAsText } from "../table.ts";
import { fallbackText } from "./answer-text.ts";
import { SlackRefusal } from "./slack-error.ts";

/** Blocks under the text. */
export type Tail = readonly types.KnownBlock[];
/** From the best to what Slack takes in any case. */
export type Tails = readonly Tail[];
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

/** A message as `chat.postMessage`, `chat.postEphemeral`, `chat.update` and a `response_url` take it. */
export interface MessageBody {
  readonly text: string;
  readonly blocks: readonly types.KnownBlock[];
}

/** The message, from the best to what Slack takes in any case: not every Slack takes tables in a markdown block. */
export function bodiesOf(markdown: string, tails: Tails): MessageBody[] {
  const plain = markdown.includes("|") ? tablesAsText(markdown) : markdown;
  const texts = plain === markdown ? [markdown] : [markdown, plain];
  return texts.flatMap((text) => tails.map((tail) => bodyOf(text, tail)));
}

function bodyOf(markdown: string, tail: Tail): MessageBody {
  return { text: fallbackText(markdown), blocks: [{ type: "markdown", text: markdown }, ...tail] };
}

/** Slack checks blocks as a whole: one picture it cannot load, and the text goes without. @throws {SlackRefusal} */
export async function firstAccepted<T>(
  bodies: readonly MessageBody[],
  act: (body: MessageBody) => Promise<T>,
): Promise<T> {
  const [best, ...others] = bodies;
  if (best === undefined) throw new TypeError("a message without a body");
  try {
    return await act(best);
  } catch (error) {
    const isBodys = error instanceof SlackRefusal && error.code.startsWith("invalid_blocks");
    if (!isBodys || others.length === 0) throw error;
    return firstAccepted(others, act);
  }
}
