import type { Exchange } from "../../../core/exchange.ts";
import { isAdmin } from "../is-admin.ts";
import type { SlackParts } from "../slack-parts.ts";

export type MayChangeParts = Pick<SlackParts, "admins" | "workspaces" | "log">;

/** Whether somebody may stop a reply, or have it written again: whoever asked for it, and admins. */
export async function mayChange(
  { author }: Exchange,
  who: { readonly team: string; readonly user: string },
  parts: MayChangeParts,
): Promise<boolean> {
  return author.id === `slack:${who.user}` || isAdmin(who, parts);
}
