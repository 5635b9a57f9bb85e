import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Log } from "../../core/log.ts";
import { SlackRefusal } from "./slack-error.ts";
import { type SlackTexts, slackTextsFor } from "./texts/slack-texts.ts";
import type { Workspaces } from "./workspaces.ts";

const userSchema = z.object({ user: z.object({ locale: z.string().optional() }) });

const KNOWN_MS = 60 * 60_000;
const KNOWN_PEOPLE = 10_000;
/** Nobody waits longer to be told in their own language. */
const PATIENCE_MS = 500;

/** The texts in somebody's language; English where Slack does not tell it, or not soon. Never rejects. */
export type TextsOf = (who: { readonly team: string; readonly user: string }) => Promise<SlackTexts>;

/** Remembers people's languages for an hour. One that comes too late is there for the next time. */
export function createTextsOf({
  workspaces,
  log,
}: {
  readonly workspaces: Pick<Workspaces, "api">;
  readonly log: Log;
}): TextsOf {
  const asked = new Map<string, { readonly locale: Promise<string | undefined>; readonly until: number }>();

  /** `""` when Slack refuses to tell, as it would again; `undefined` when it is silent. */
  async function ask(team: string, user: string): Promise<string | undefined> {
    try {
      const found = await workspaces.api(team).ifFree("users.info", { user, include_locale: true });
      return userSchema.parse(found).user.locale ?? "";
    } catch (error) {
      log.debug({ err: error }, "somebody's language not known");
      return error instanceof SlackRefusal ? "" : undefined;
    }
  }

  async function localeOf(team: string, user: string): Promise<string | undefined> {
    const key = `${team}:${user}`;
    const known = asked.get(key);
    if (known !== undefined && known.until > Date.now()) return known.locale;
    if (asked.size >= KNOWN_PEOPLE) asked.clear();
    const locale = ask(team, user);
    asked.set(key, { locale, until: Date.now() + KNOWN_MS });
    if ((await locale) === undefined) asked.delete(key);
    return locale;
  }

  return async ({ team, user }) => {
    const late = new AbortController();
    const patience = sleep(PATIENCE_MS, undefined, { signal: late.signal }).catch(() => undefined);
    const locale = await Promise.race([localeOf(team, user), patience]);
    late.abort();
    return slackTextsFor(locale);
  };
}
