import { apology } from "../../../core/failure.ts";
import { sorryFor } from "../sorry.ts";

/** Later than what a listener takes for itself, and earlier than Slack's 3 s. */
const LIMIT_MS = 2_700;

type Ack = (said?: unknown) => Promise<void>;

/**
 * Has a command acked in any case: before a listener hears of it the store may be asked whose it is, and may be away.
 * @throws what `process` throws
 */
export async function ackCommand(process: (ack: Ack) => Promise<void>, ack: Ack): Promise<void> {
  let acking: Promise<void> | undefined;
  const ackOnce: Ack = (said) => (acking ??= ack(said));
  const timer = setTimeout(() => {
    // Whoever acks next hears of a connection that is lost.
    ackOnce(apology("store-unavailable")).catch(() => undefined);
  }, LIMIT_MS);
  try {
    await process(ackOnce);
  } catch (error) {
    await ackOnce(sorryFor(error));
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
