import { type APIInteraction, ApplicationIntegrationType } from "discord.js";
import { canManage } from "./managers.ts";

/** Who uses a command or a component. */
export interface Member {
  /** Id of the person, `discord:…`. */
  readonly person: string;
  /**
   * Whether they manage the server, as Discord says with every interaction, or everything here (`ADMINS`). A server that has not
   * invited Footnote manages nothing: whoever has installed it for themselves alone can have a server of their own.
   */
  readonly isManager: boolean;
}

type Interaction = Pick<APIInteraction, "member" | "user" | "authorizing_integration_owners">;

export function memberOf(
  { member, user, authorizing_integration_owners: owners }: Interaction,
  { admins }: { readonly admins: ReadonlySet<string> },
): Member {
  const person = `discord:${(member?.user ?? user)?.id ?? ""}`;
  const isInvited = owners[ApplicationIntegrationType.GuildInstall] !== undefined;
  const isManager = isInvited && member !== undefined && canManage(member.permissions);
  return { person, isManager: isManager || admins.has(person) };
}
