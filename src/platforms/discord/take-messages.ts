import { Failure } from "../../core/failure.ts";
import type { DiscordParts } from "./discord-parts.ts";
import { type GatewayMessage, type Heard, readMessage } from "./inbound.ts";
import { inOrder } from "./in-order.ts";
import { untilAnswered } from "../until-answered.ts";

/**
 * Takes messages in the order of their channel: a follow-up finds the conversation its first question has begun. Discord sends
 * none of them again, so a store that is away is waited for.
 */
export function createMessageTaker({
  inbox,
  store,
  identity,
  stopping,
  log,
}: Pick<DiscordParts, "inbox" | "store" | "identity" | "stopping" | "log">): (event: GatewayMessage) => Promise<void> {
  const channels = inOrder();

  async function take(heard: Heard): Promise<void> {
    const message = await inConversation(heard);
    if (!heard.isAddressed && !(await store.listens(message.thread))) return;
    try {
      await inbox.accept(message);
    } catch (error) {
      // It will be no question next time either.
      if (!(error instanceof Failure) || error.kind !== "invalid-input") throw error;
      log.info({ thread: message.thread, reason: error.message }, "not a question");
    }
  }

  /** A reply to an answer goes on with the answer's conversation, wherever that was begun. */
  async function inConversation({ message, answered }: Heard): Promise<Heard["message"]> {
    const exchange = answered === undefined ? undefined : await store.exchangeOf("discord", answered);
    return exchange === undefined ? message : { ...message, thread: exchange.thread };
  }

  return (event) =>
    channels(event.channel_id, async () => {
      const heard = readMessage(event, await identity);
      if (heard !== undefined) await untilAnswered(() => take(heard), stopping);
    });
}
