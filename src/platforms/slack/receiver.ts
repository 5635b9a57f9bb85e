import type { App, Receiver, ReceiverEvent } from "@slack/bolt";
import { ackCommand } from "./commands/ack-command.ts";

/** Hands one delivery of Slack's to the app. Resolves once it may be acked; rejects when Slack shall send it again. */
export type Deliver = (event: Omit<ReceiverEvent, "ack">, ack: ReceiverEvent["ack"]) => Promise<void>;

/**
 * A receiver for Bolt that acks events when they have been taken, and not before: Bolt itself acks them first and loses what its
 * listeners cannot store. Commands and buttons are acked by their listeners.
 */
export function createReceiver(): Receiver & { readonly deliver: Deliver } {
  let app: App | undefined;
  return {
    init(initialised) {
      app = initialised;
    },
    async deliver(event, ack) {
      if (app === undefined) throw new Error("the receiver has no app yet");
      const bolt = app;
      const received = { ...event, customProperties: { receivedAt: Date.now() } };
      if (event.body["type"] === "event_callback") {
        await bolt.processEvent({ ...received, ack: async () => {} });
        await ack();
      } else if ("command" in event.body) {
        await ackCommand((ackOnce) => bolt.processEvent({ ...received, ack: ackOnce }), ack);
      } else {
        await bolt.processEvent({ ...received, ack });
      }
    },
    // The connection is the platform's: it opens when Slack has told who we are, and pauses before it ends.
    async start() {},
    async stop() {},
  };
}
