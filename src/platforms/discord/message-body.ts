import { createHash } from "node:crypto";
import { type APIEmbed, MessageFlags } from "discord.js";
import type { Row } from "./answer-components.ts";

/** What stands under a part's text. */
export interface Tail {
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly Row[];
}
export const NO_TAIL: Tail = { embeds: [], components: [] };

/** A part as Discord takes it, for a new message and for an edit. It pings nobody, and its links unfold no previews. */
export function bodyOf(markdown: string, { embeds, components }: Tail) {
  return {
    content: markdown,
    embeds,
    components,
    allowed_mentions: { parse: [], replied_user: false },
    // The flag hides embeds of our own as well.
    flags: embeds.length === 0 ? MessageFlags.SuppressEmbeds : 0,
  };
}

export type MessageBody = ReturnType<typeof bodyOf>;

/** Discord: 25 characters at most. A message with a nonce that was used within a few minutes is not posted: the earlier one comes back. */
export function nonceOf(exchange: string, posted: number): string {
  return createHash("sha256").update(`${exchange}:${posted}`).digest("base64url").slice(0, 25);
}
