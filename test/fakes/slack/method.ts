import { z } from "zod";
import type { Fields, Message, Token } from "./entities.ts";
import type { Announcer } from "./announcer.ts";
import type { Files } from "./files.ts";
import type { Installs } from "./installs.ts";
import { Refusal } from "./refusal.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import type { World } from "./world.ts";
import type { Views } from "./views.ts";

/** What a method works with. */
export interface Office {
  readonly world: World;
  readonly clock: VirtualClock;
  readonly announcer: Announcer;
  readonly views: Views;
  readonly installs: Installs;
  readonly files: Files;
  readonly app: { readonly id: string; readonly name: string };
  /** Makes a WebSocket address that works once. */
  openConnection(): string;
  /** After so long a stream closes by itself, in virtual milliseconds. */
  readonly streamLifeMs: number;
}

export interface Call extends Office {
  readonly token: Token;
  /** Id of the user the token speaks for. */
  readonly self: string;
  /** What Slack says in `response_metadata.warnings`. */
  warn(warning: string): void;
}

/** Requests a minute, by Slack's tiers (docs, *Rate limits*). */
export const TIER = { one: 1, two: 20, three: 50, four: 100, special: 600 } as const;

interface MethodSpec<Shape extends z.ZodRawShape> {
  readonly perMinute: number;
  /** Any one of them will do; none needs none. */
  readonly scopes?: readonly string[];
  /** Default `bot`; `none` for methods that are called to get one. */
  readonly token?: Token["kind"] | "none";
  readonly args: Shape;
  run(args: z.output<z.ZodObject<Shape>>, call: Call): Fields;
}

export interface Method {
  readonly perMinute: number;
  readonly scopes: readonly string[];
  readonly token: Token["kind"] | "none";
  readonly knows: (argument: string) => boolean;
  /** @throws {Refusal} */
  run(args: Fields, call: Call): Fields;
}

/** One method of the Web API: who may call it how often, what it takes, and what it does. */
export function method<Shape extends z.ZodRawShape>(spec: MethodSpec<Shape>): Method {
  const schema = z.object(spec.args);
  return {
    perMinute: spec.perMinute,
    scopes: spec.scopes ?? [],
    token: spec.token ?? "bot",
    knows: (argument) => argument in spec.args || argument === "token" || argument === "team_id",
    run(args, call) {
      const parsed = schema.safeParse(args);
      if (!parsed.success) throw refusalOf(parsed.error);
      return spec.run(parsed.data, call);
    },
  };
}

function refusalOf(error: z.ZodError): Refusal {
  const issue = error.issues[0];
  const name = String(issue?.path[0] ?? "");
  const isMissing = issue?.message.includes("received undefined") === true && issue.path.length === 1;
  const detail = isMissing
    ? `missing required field: ${name}`
    : `${issue?.message} [json-pointer:/${issue?.path.join("/")}]`;
  const code = isMissing ? "invalid_arguments" : (FORMAT_ERRORS[name] ?? "invalid_arguments");
  return new Refusal(code, detail, { response_metadata: { messages: [`[ERROR] ${detail}`] } });
}

const FORMAT_ERRORS: Readonly<Record<string, string>> = {
  blocks: "invalid_blocks_format",
  metadata: "invalid_metadata_format",
  chunks: "invalid_chunks",
};

/** Forms carry structured arguments as JSON text; JSON bodies carry them as they are. */
function structured<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => {
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  }, schema);
}

/** Forms carry switches as words. */
const word: Readonly<Record<string, boolean>> = { true: true, "1": true, false: false, "0": false };

const block = z.looseObject({ type: z.string() });

/** The kinds of argument there are. */
export const kind = {
  text: z.string(),
  flag: z.preprocess((value) => (typeof value === "string" ? (word[value] ?? value) : value), z.boolean()),
  count: z.coerce.number().int().min(0),
  blocks: structured(z.array(block)),
  chunks: structured(z.array(z.looseObject({ type: z.string() }))),
  metadata: structured(
    z.strictObject({ event_type: z.string().min(1), event_payload: z.record(z.string(), z.unknown()) }),
  ),
  attachments: structured(z.array(z.looseObject({}))),
  view: structured(z.looseObject({ type: z.string(), blocks: z.array(block) })),
  texts: structured(z.array(z.string())),
  structured,
};

/** A message as the Web API and events write it. */
export function messageFields(
  message: Message,
  { world, includeMetadata = false }: { readonly world: World; readonly includeMetadata?: boolean },
): Fields {
  const author = world.users.get(message.user);
  const fields: Fields = { type: "message", user: message.user, ts: message.ts, text: message.text };
  if (author !== undefined) fields["team"] = author.team;
  if (message.blocks.length > 0) fields["blocks"] = message.blocks;
  if (message.subtype !== undefined) fields["subtype"] = message.subtype;
  if (author?.bot !== undefined) {
    fields["bot_id"] = author.bot.id;
    fields["app_id"] = author.bot.app;
    fields["bot_profile"] = { id: author.bot.id, app_id: author.bot.app, name: author.name, team_id: author.team };
  }
  if (message.edited !== undefined) fields["edited"] = message.edited;
  if (message.metadata !== undefined && includeMetadata) fields["metadata"] = message.metadata;
  if (message.reactions.length > 0) fields["reactions"] = reactionsOf(message);
  return { ...fields, ...threadFields(message, world) };
}

function threadFields(message: Message, world: World): Fields {
  if (message.threadTs !== undefined) {
    const parent = world.message(message.channel, message.threadTs);
    return { thread_ts: message.threadTs, ...(parent === undefined ? {} : { parent_user_id: parent.user }) };
  }
  const replies = world
    .thread(message.channel, message.ts)
    .filter(({ ts, onlyFor }) => ts !== message.ts && onlyFor === undefined);
  const latest = replies.at(-1);
  if (latest === undefined) return {};
  const users = [...new Set(replies.map(({ user }) => user))];
  return { thread_ts: message.ts, reply_count: replies.length, reply_users: users, latest_reply: latest.ts };
}

function reactionsOf({ reactions }: Message): Fields[] {
  return [...Map.groupBy(reactions, ({ name }) => name)].map(([name, given]) => ({
    name,
    users: given.map(({ user }) => user),
    count: given.length,
  }));
}
