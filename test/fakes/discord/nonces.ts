import type { Message } from "./entities.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/** Remembers with which nonces the app's messages were sent, in whichever channel. */
export interface Nonces {
  /**
   * The message that was sent with this nonce in the past few minutes.
   *
   * @throws {Refusal} 10008 when it has been deleted since
   */
  find(nonce: string | number): Message | undefined;
  remember(message: Message): void;
}

/** Docs, *Create Message*: "the past few minutes". */
const MEMORY_MS = 180_000;

export function createNonces(world: World): Nonces {
  const sent = new Map<string, { readonly at: number; readonly channel: string; readonly id: string }>();

  return {
    find(nonce) {
      const earlier = sent.get(String(nonce));
      if (earlier === undefined || earlier.at <= world.now() - MEMORY_MS) return undefined;
      const message = world.message(earlier.channel, earlier.id);
      if (message === undefined) throw new Refusal(10008);
      return message;
    },
    remember({ nonce, channel, id }) {
      if (nonce !== undefined) sent.set(String(nonce), { at: world.now(), channel, id });
    },
  };
}
