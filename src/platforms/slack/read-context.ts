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
    const said = messages.filter(({ ts }) => Number(ts) < Number(questionTs));
    return await named(withoutTheMiddle(said.filter((message) => isSaidByOthers(message, self))), self, api);
  } catch (error) {
    signal.throwIfAborted();
    // No scope for this kind of channel, or not (any more) a member of it.
    if (error instanceof SlackRefusal) return undefined;
    throw new Failure("delivery-failed", "Slack did not tell what was said before", { cause: error });
  }
}

function withoutTheMiddle(messages: readonly SaidInSlack[]): readonly SaidInSlack[] {
  if (messages.length <= READ_MESSAGES) return messages;
  return [...messages.slice(0, 1), ...messages.slice(1 - READ_MESSAGES)];
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

async function named(messages: readonly SaidInSlack[], self: Identity, api: SlackApi): Promise<Said[]> {
  const people = new Set(messages.flatMap(peopleIn));
  people.delete(self.user);
  const names = await namesOf([...people].slice(0, NAMED_PEOPLE), api);
  const nameOf = (user: string): string => (user === self.user ? "Footnote" : (names.get(user) ?? NOBODY));
  return messages.map((message) => ({
    author: message.username ?? message.bot_profile?.name ?? nameOf(message.user ?? ""),
    text: toPlainText(textOf(message), nameOf),
  }));
}

/** Who says it, unless an app does, and whom it mentions. */
function peopleIn(message: SaidInSlack): string[] {
  const { user, bot_id: bot } = message;
  const mentioned = textOf(message).matchAll(/<@(\w+)>/g);
  return [...(user === undefined || bot != null ? [] : [user]), ...[...mentioned].map(([, id = ""]) => id)];
}

async function namesOf(users: readonly string[], api: SlackApi): Promise<ReadonlyMap<string, string>> {
  const names = await Promise.all(users.map(async (user) => [user, await lookUpName(user, api)] as const));
  return new Map(names);
}

/** As Slack shows it; `someone` where Footnote may not know, or Slack does not say at once. */
async function lookUpName(user: string, api: SlackApi): Promise<string> {
  const result = await api.ifFree("users.info", { user }).catch(() => undefined);
  const { data } = userSchema.safeParse(result);
  const { profile, real_name: realName, name } = data?.user ?? {};
  return [profile?.display_name, realName, name].find((candidate) => (candidate ?? "") !== "") ?? NOBODY;
}
