import { inOrder } from "../in-order.ts";
import { withinLimit } from "../time-limit.ts";
import { rememberChannelSettings } from "./channel-settings.ts";
import { takeEdit } from "./edits.ts";
import { type Identity, readEvent, type SlackEvent } from "./inbound.ts";
import { createNotes } from "./notes.ts";
import type { SlackParts } from "./slack-parts.ts";
import { takeMessage, type TakeMessageParts } from "./take-message.ts";
import { createThreadTitles } from "./thread-title.ts";

/** Slack wants its ack within 3 s; what is not stored by then it shall send again. */
const STORE_LIMIT_MS = 2_500;

export type TakeEventsOptions = Pick<SlackParts, "inbox" | "store" | "workspaces" | "textsOf" | "admins" | "log">;

/**
 * Takes events in the order of their thread: a follow-up finds the conversation its first question has begun, an edit its question.
 * @throws {Failure} `store-unavailable` when the event could not be stored in time: it must not be acked
 */
export function createEventTaker(options: TakeEventsOptions): (event: unknown, self: Identity) => Promise<void> {
  const parts: TakeMessageParts = {
    ...options,
    settingsOf: rememberChannelSettings(options.store),
    tell: createNotes(options),
    nameThread: createThreadTitles(options),
  };
  const threads = inOrder();

  return async (event, self) => {
    const read = readEvent(event, self);
    if (read === undefined) return;
    const thread = read.type === "deleted" ? read.thread : read.heard.message.thread;
    const taken = threads(thread, () => take(read, self, parts));
    await withinLimit(STORE_LIMIT_MS, () => taken);
  };
}

async function take(event: SlackEvent, self: Identity, parts: TakeMessageParts): Promise<void> {
  switch (event.type) {
    case "said":
      return takeMessage(event.heard, parts);
    case "edited":
      return takeEdit(event, self, parts);
    case "deleted":
      return takeDeletion(event.messageId, parts);
  }
}

/** The answer to a question that was taken back disappears, however old; one whose event is late or comes again is not asked. */
async function takeDeletion(messageId: string, { store, inbox }: TakeMessageParts): Promise<void> {
  await store.forgetMessage("slack", messageId);
  const exchange = await store.exchangeOf("slack", messageId);
  if (exchange !== undefined) await inbox.revise(exchange.id, { isWithdrawn: true });
}
