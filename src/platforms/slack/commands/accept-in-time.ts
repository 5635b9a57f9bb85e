import type { Received } from "../../../core/exchange.ts";
import type { InboundMessage } from "../../../core/message.ts";
import { unlessLate } from "../../time-limit.ts";
import { untilAnswered } from "../../until-answered.ts";
import type { SlackParts } from "../slack-parts.ts";

type AcceptParts = Pick<SlackParts, "inbox" | "store" | "log">;

/**
 * Stores a question, or sees to it that it is not: whoever asked is told so, and is not to be answered all the same.
 * @throws {Failure} `invalid-input`, `over-budget`, `store-unavailable`; the reason of `late`
 */
export async function acceptInTime(message: InboundMessage, parts: AcceptParts, late: AbortSignal): Promise<Received> {
  late.throwIfAborted();
  const accepting = parts.inbox.accept(message);
  try {
    return await unlessLate(accepting, late);
  } catch (error) {
    withdraw(message, accepting, parts);
    throw error;
  }
}

/** Forgets a question that was stored too late, or may have been. In the background: nobody waits for it. */
function withdraw(message: InboundMessage, accepting: Promise<Received>, { inbox, store, log }: AcceptParts): void {
  async function forget(): Promise<void> {
    const received = await accepting.catch(() => undefined);
    // A redelivery, whose question was taken.
    if (received?.isNew === false) return;
    const exchange = await untilAnswered(() => store.exchangeOf("slack", message.id));
    if (exchange !== undefined) await untilAnswered(() => inbox.revise(exchange.id, { isWithdrawn: true }));
  }
  forget().catch((error: unknown) => log.warn({ err: error, thread: message.thread }, "late question not taken back"));
}
