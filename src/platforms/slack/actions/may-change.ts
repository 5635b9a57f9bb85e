import type { Exchange } from "../../../core/exchange.ts";
import type { SlackParts } from "../slack-parts.ts";

/** Whether somebody may stop a reply, or have it written again: whoever asked for it, and admins. */
export function mayChange({ author }: Exchange, user: string, { admins }: Pick<SlackParts, "admins">): boolean {
  const id = `slack:${user}`;
  return author.id === id || admins.has(id);
}
