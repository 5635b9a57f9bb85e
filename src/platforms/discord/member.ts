import type { APIInteraction } from "discord.js";
import { canManage } from "./managers.ts";

/** Who uses a command or a component. */
export interface Member {
  /** Id of the person, `discord:…`. */
  readonly person: string;
  /** Whether they manage the server, or everything here (`ADMINS`): Discord says so with every interaction. */
  readonly isManager: boolean;
}

export function memberOf(
  { member, user }: Pick<APIInteraction, "member" | "user">,
  { admins }: { readonly admins: ReadonlySet<string> },
): Member {
  const person = `discord:${(member?.user ?? user)?.id ?? ""}`;
  return { person, isManager: admins.has(person) || (member !== undefined && canManage(member.permissions)) };
}
