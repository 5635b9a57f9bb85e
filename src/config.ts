import { existsSync } from "node:fs";
import { z } from "zod";
import { isLoopback } from "./core/address.ts";
import { Failure } from "./core/failure.ts";
import { wholeNumber } from "./core/whole-number.ts";

const text = z.string().trim().min(1);
const port = wholeNumber(0, 65_535);
const url = (...protocols: string[]) =>
  text.refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
  });

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
const WIKIPEDIA_API_URL = "https://{lang}.wikipedia.org/w/api.php";
/** The domains of the Foundation's projects: meta.wikimedia.org/wiki/Complete_list_of_Wikimedia_projects. A host may end with a dot. */
const WIKIMEDIA_HOST =
  /(^|\.)(wiki(pedia|media|mediafoundation|books|data|functions|news|quote|source|versity|voyage)|wiktionary|mediawiki)\.org\.?$/;

/** Every setting Footnote reads, by its environment variable. Empty values count as absent. */
export const environmentSchema = z.object({
  OPENAI_API_KEY: text.optional(),
  OPENAI_BASE_URL: url("http:", "https:").optional(),
  // The newest small model without an announced end, as of November 2026.
  OPENAI_MODEL: text.default("gpt-5.4-mini"),
  WIKI_API_URL: text
    .refine((value) => ["http:", "https:"].includes(protocolOf(value.replace("{lang}", "en"))), {
      error: "must be the http:// or https:// address of a MediaWiki's api.php",
    })
    .default(WIKIPEDIA_API_URL),
  WIKI_DIR: text.optional(),
  WIKI_URL: url("http:", "https:").optional(),
  WIKI_LANGUAGE: z
    .string()
    .regex(/^(simple|[a-z]{2,3}(-[a-z0-9]+)*)$/i, { error: "must be a language code such as en, de or zh-yue" })
    .default("en"),
  WIKI_CONTACT: text.optional(),
  REDIS_URL: url("redis:", "rediss:").optional(),
  REDIS_HOST: text.optional(),
  REDIS_PORT: port.default(6379),
  REDIS_PASSWORD: text.optional(),
  REDIS_DB: wholeNumber(0).default(0),
  CACHE_TTL: wholeNumber(1).default(3600),
  DATABASE_URL: url("postgres:", "postgresql:").optional(),
  DATA_DIR: text.default("./data"),
  SLACK_BOT_TOKEN: z
    .string()
    .trim()
    .regex(/^xox[be]/, { error: "must begin with xoxb-" })
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .trim()
    .regex(/^xapp-/, { error: "must begin with xapp-" })
    .optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_CLIENT_ID: text.optional(),
  SLACK_CLIENT_SECRET: text.optional(),
  SLACK_STATE_SECRET: z.string().trim().min(16, { error: "must have at least 16 characters" }).optional(),
  SLACK_API_URL: url("http:", "https:").default("https://slack.com/api/"),
  DISCORD_TOKEN: text.optional(),
  DISCORD_GUILD_ID: z
    .string()
    .trim()
    .regex(/^\d{15,21}$/, { error: "must be the number of a server" })
    .optional(),
  DISCORD_SHARDS: z
    .string()
    .trim()
    .transform(toShards)
    .refine((shards) => shards.ids.length > 0, { error: "must be like 0-3/16: shards 0 to 3 of 16" })
    .optional(),
  DISCORD_API_URL: url("http:", "https:").default("https://discord.com/api"),
  ADMINS: z
    .string()
    .transform((value) => value.split(/[\s,]+/).filter((id) => id !== ""))
    .refine((ids) => ids.every((id) => /^(slack|discord):\w+$/.test(id)), {
      error: "must be user ids such as slack:U0123ABCD or discord:80351110224678912, separated by commas",
    })
    .default([]),
  QUESTIONS_PER_MINUTE: wholeNumber(1).default(10),
  TOKENS_PER_DAY: wholeNumber(0).optional(),
  RETENTION_DAYS: wholeNumber(1, 36_500).optional(),
  HOST: text.default("127.0.0.1"),
  PORT: port.default(3000),
  API_TOKEN: z.string().trim().min(16, { error: "must have at least 16 characters" }).optional(),
  DRAIN_MS: wholeNumber(0, 600_000).default(15_000),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(", ")}` }).default("info"),
});

/** `0-3/16` or `5/16`; no shard when it is neither. */
function toShards(value: string): { readonly ids: readonly number[]; readonly count: number } {
  const [, first = "", last = first, total = ""] = /^(\d{1,4})(?:-(\d{1,4}))?\/(\d{1,4})$/.exec(value) ?? [];
  const [from, to, count] = [Number(first), Number(last), Number(total)];
  const isRange = total !== "" && from <= to && to < count;
  return { ids: isRange ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [], count };
}

function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : "";
}

export type Environment = z.infer<typeof environmentSchema>;

/** What no single setting can tell, by the raw values, so that it is told together with everything else. */
function contradictions(environment: NodeJS.ProcessEnv): string[] {
  const { HOST = "127.0.0.1", API_TOKEN, REDIS_URL, REDIS_HOST, WIKI_DIR, WIKI_URL } = environment;
  return [
    ...(isLoopback(HOST) || API_TOKEN !== undefined
      ? []
      : ["API_TOKEN: is required when HOST is not loopback, or everybody on the network could ask and read"]),
    ...(API_TOKEN === undefined || WIKI_DIR === undefined || WIKI_URL !== undefined
      ? []
      : ["WIKI_URL: is required with WIKI_DIR and API_TOKEN, for a footnote's link carries no token"]),
    ...(REDIS_URL === undefined || REDIS_HOST === undefined ? [] : ["REDIS_HOST: cannot go with REDIS_URL"]),
    ...slackContradictions(environment),
    ...(environment["DISCORD_TOKEN"] === undefined ? [] : missingContact("Discord", environment)),
  ];
}

function slackContradictions(environment: NodeJS.ProcessEnv): string[] {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET } = environment;
  const oauth = ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_STATE_SECRET"];
  const missing = oauth.filter((name) => environment[name] === undefined);
  const hasOAuth = missing.length < oauth.length;
  const hasConnection = SLACK_APP_TOKEN !== undefined || SLACK_SIGNING_SECRET !== undefined;
  const isOn = SLACK_BOT_TOKEN !== undefined || hasOAuth;
  return [
    ...(hasConnection && !isOn
      ? [
          "SLACK_BOT_TOKEN: is required with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET, or SLACK_CLIENT_ID for many workspaces",
        ]
      : []),
    ...(hasOAuth ? missing.map((name) => `${name}: is required to install Footnote in many workspaces`) : []),
    ...(hasOAuth && SLACK_BOT_TOKEN !== undefined
      ? ["SLACK_BOT_TOKEN: is of one workspace and cannot go with SLACK_CLIENT_ID, which is for many"]
      : []),
    ...(isOn && !hasConnection
      ? ["SLACK_APP_TOKEN: is required for Socket Mode, or SLACK_SIGNING_SECRET for events by HTTP"]
      : []),
    ...(isOn ? missingContact("Slack", environment) : []),
  ];
}

function missingContact(platform: string, environment: NodeJS.ProcessEnv): string[] {
  if (environment["WIKI_CONTACT"] !== undefined || !asksWikimedia(environment)) return [];
  return [
    `WIKI_CONTACT: is required with ${platform}, or a busy channel would soon reach Wikipedia's limit for strangers`,
  ];
}

/** Whether questions go to Wikipedia or one of its sisters. */
export function asksWikimedia(settings: { readonly WIKI_DIR?: string; readonly WIKI_API_URL?: string }): boolean {
  const address = (settings.WIKI_API_URL ?? WIKIPEDIA_API_URL).replace("{lang}", "en");
  if (settings.WIKI_DIR !== undefined || !URL.canParse(address)) return false;
  return WIKIMEDIA_HOST.test(new URL(address).hostname);
}

/** @throws {Failure} `invalid-config` that names every problem at once and prints no value. */
export function readSettings(environment: NodeJS.ProcessEnv): Environment {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ""));
  const result = environmentSchema.safeParse(present);
  const issues = result.error?.issues ?? [];
  const problems = [...issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`), ...contradictions(present)];
  if (result.success && problems.length === 0) return result.data;
  throw new Failure("invalid-config", `these settings are wrong:\n${problems.map((line) => `  ${line}`).join("\n")}`);
}

/** The environment, with what a file `.env` in the working directory adds to it. */
export function readEnvironment(): NodeJS.ProcessEnv {
  if (existsSync(".env")) process.loadEnvFile();
  // LangChain reads these by itself, and then sends every question and prompt to LangSmith, or prints them.
  for (const name of Object.keys(process.env)) if (/^LANG(?:SMITH|CHAIN)_/.test(name)) delete process.env[name];
  return process.env;
}
