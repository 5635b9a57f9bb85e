import { z } from "zod";
import type { SlackParts } from "./slack-parts.ts";

const userSchema = z.object({
  user: z.object({ team_id: z.string(), is_admin: z.boolean().optional(), is_owner: z.boolean().optional() }),
});

/** Whether somebody may clear the cache and change settings: admins of Footnote, and those of the workspace where it is installed. */
export async function isAdmin(
  { team, user }: { readonly team: string; readonly user: string },
  { admins, workspaces, log }: Pick<SlackParts, "admins" | "workspaces" | "log">,
): Promise<boolean> {
  if (admins.has(`slack:${user}`)) return true;
  try {
    const found = userSchema.safeParse(await workspaces.api(team).ifFree("users.info", { user })).data?.user;
    return found?.team_id === team && (found.is_admin === true || found.is_owner === true);
  } catch (error) {
    log.info({ err: error }, "not known whether somebody is an admin");
    return false;
  }
}
