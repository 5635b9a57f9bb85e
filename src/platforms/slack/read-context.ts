import { z } from "zod";
import type { Said, Store } from "../../core/exchange.ts";
import { Failure } from "../../core/failure.ts";
import { type Identity, messageSchema } from "./inbound.ts";
import { toPlainText } from "./plain-text.ts";
import type { ReplyPlace } from "./reply-place.ts";
import type { SlackApi } from "./slack-api.ts";
import { SlackRefusal } from "./slack-error.ts";
import type { Workspaces } from "./workspaces.ts";

/** The message that began the thread and the latest before the question, so many in all. */
const READ_MESSAGES = 50;
/** One call's worth; Slack lists a thread from its beginning. */
const LISTED_MESSAGES = 1_000;
/** Different people whose names are looked up; the others stay unnamed. */
const NAMED_PEOPLE = 20;
const NOBODY = "someone";

const saidSchema = messageSchema.extend({
  username: z.string().optional(),
  bot_profile: z.object({ name: z.string().optional() }).nullish(),
  /** Other apps often say all they have to say in these. */
  attachments: z.array(z.object({ fallback: z.string().optional(), text: z.string().optional() })).nullish(),
});

type SaidInSlack = z.infer<typeof saidSchema>;

const repliesSchema = z.object({ messages: z.array(saidSchema) });

const userSchema = z.object({
  user: z.object({
    name: z.string().optional(),
    real_name: z.string().optional(),
    profile: z.object({ display_name: z.string().optional() }).optional(),
  }),
});

/** Joins, topics and what is left of deleted messages say nothing. */
const SPOKEN_SUBTYPES: readonly (string | undefined)[] = [undefined, "bot_message", "file_share", "thread_broadcast"];

export interface ContextParts {
  readonly workspaces: Workspaces;
  readonly store: Pick<Store, "exchangeOf">;
}

/**
 * What others said in the thread before the question; `undefined` when a question began the thread, or Footnote may not read it.
 * @throws {Failure} `delivery-failed` when Slack does not tell now
 */
export async function readContext(
  { team, channel, threadTs, questionTs }: ReplyPlace,
  { workspaces, store }: ContextParts,
  signal: AbortSignal,
): Promise<readonly Said[] | undefined> {
  if (threadTs === questionTs) return undefined;
  if ((await store.exchangeOf("slack", `${team}:${channel}:${threadTs}`)) !== undefined) return undefined;
  try {
    const api = workspaces.api(team);
    const args = { channel, ts: threadTs, latest: questionTs, limit: LISTED_MESSAGES };
    const { messages } = repliesSchema.parse(await api.ifFree("conversations.replies", args, signal));
    const self = await workspaces.identity(team);
    const said = messages.filter((message) => Number(message.ts) < Number(questionTs) && isSaidByOthers(message, self));
    return await named(
      said.length > READ_MESSAGES ? [...said.slice(0, 1), ...said.slice(1 - READ_MESSAGES)] : said,
      api,
    );
  } catch (error) {
    signal.throwIfAborted();
    // No scope for this kind of channel, or not (any more) a member of it.
    if (error instanceof SlackRefusal) return undefined;
    throw new Failure("delivery-failed", "Slack did not tell what was said before", { cause: error });
  }
}

function isSaidByOthers(message: SaidInSlack, self: Identity): boolean {
  if (message.user === self.user || message.bot_id === self.bot) return false;
  return SPOKEN_SUBTYPES.includes(message.subtype) && textOf(message) !== "";
}

function textOf({ text, attachments }: SaidInSlack): string {
  const said = (text ?? "").trim();
  if (said !== "") return said;
  return (attachments ?? [])
    .map((attachment) => attachment.text ?? attachment.fallback ?? "")
    .join("\n")
    .trim();
}

async function named(messages: readonly SaidInSlack[], api: SlackApi): Promise<Said[]> {
  const people = messages.flatMap(({ user, bot_id: bot }) => (user === undefined || bot != null ? [] : [user]));
  const names = await namesOf([...new Set(people)].slice(0, NAMED_PEOPLE), api);
  const nameOf = (user: string): string => names.get(user) ?? NOBODY;
  return messages.map((message) => ({
    author: message.username ?? message.bot_profile?.name ?? nameOf(message.user ?? ""),
    text: toPlainText(textOf(message), nameOf),
  }));
}

async function namesOf(users: readonly string[], api: SlackApi): Promise<ReadonlyMap<string, string>> {
  const names = await Promise.all(users.map(async (user) => [user, await nameOf(user, api)] as const));
  return new Map(names);
}

/** As Slack shows it; `someone` where Footnote may not know, or Slack does not say at once. */
async function nameOf(user: string, api: SlackApi): Promise<string> {
  const result = await api.ifFree("users.info", { user }).catch(() => undefined);
  const { data } = userSchema.safeParse(result);
  const { profile, real_name: realName, name } = data?.user ?? {};
  return [profile?.display_name, realName, name].find((candidate) => (candidate ?? "") !== "") ?? NOBODY;
}
