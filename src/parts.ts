import { asksWikimedia, type Environment } from "./config.ts";

interface Part {
  readonly name: string;
  readonly state: string;
  /** What would turn it on, or change it. */
  readonly hint?: string;
}

/** Which parts are on and off, and which setting turns each: printed at every start. No value of a secret appears. */
export function describeParts(settings: Environment): string {
  const parts = [
    wiki(settings),
    model(settings),
    cache(settings),
    database(settings),
    api(settings),
    slack(settings),
    discord(settings),
  ];
  const width = Math.max(...parts.map(({ name }) => name.length));
  return parts
    .map(({ name, state, hint }) => `  ${name.padEnd(width)}  ${state}${hint === undefined ? "" : `  (${hint})`}`)
    .join("\n");
}

function wiki(settings: Environment): Part {
  if (settings.WIKI_DIR !== undefined) return { name: "Wiki", state: `Markdown files in ${settings.WIKI_DIR}` };
  const host = new URL(settings.WIKI_API_URL.replace("{lang}", settings.WIKI_LANGUAGE)).host;
  if (settings.WIKI_CONTACT !== undefined || !asksWikimedia(settings)) return { name: "Wiki", state: host };
  return {
    name: "Wiki",
    state: `${host}, 10 requests a minute`,
    hint: "WIKI_CONTACT with your e-mail or URL allows 200",
  };
}

function model(settings: Environment): Part {
  if (settings.OPENAI_API_KEY === undefined) {
    return { name: "Model", state: "none: answers are quotations", hint: "OPENAI_API_KEY turns a language model on" };
  }
  const host = settings.OPENAI_BASE_URL === undefined ? "OpenAI" : new URL(settings.OPENAI_BASE_URL).host;
  const limit =
    settings.TOKENS_PER_DAY === undefined ? "" : `, up to ${settings.TOKENS_PER_DAY.toLocaleString("en")} tokens a day`;
  return { name: "Model", state: `${settings.OPENAI_MODEL} at ${host}${limit}` };
}

function cache(settings: Environment): Part {
  const name = "Cache";
  if (settings.REDIS_URL !== undefined)
    return { name, state: `memory and Redis at ${new URL(settings.REDIS_URL).host}` };
  if (settings.REDIS_HOST !== undefined)
    return { name, state: `memory and Redis at ${settings.REDIS_HOST}:${settings.REDIS_PORT}` };
  return { name, state: "memory of this process", hint: "REDIS_URL turns Redis on" };
}

function database(settings: Environment): Part {
  if (settings.DATABASE_URL !== undefined) {
    const { host, searchParams } = new URL(settings.DATABASE_URL);
    return { name: "Database", state: `PostgreSQL at ${host === "" ? searchParams.get("host") : host}` };
  }
  return {
    name: "Database",
    state: `embedded PostgreSQL in ${settings.DATA_DIR}`,
    hint: "DATABASE_URL names a server",
  };
}

function api(settings: Environment): Part {
  if (settings.API_TOKEN !== undefined) return { name: "HTTP", state: "with a bearer token" };
  return { name: "HTTP", state: "open to this machine", hint: "HOST and API_TOKEN open it to the network" };
}

function slack(settings: Environment): Part {
  const name = "Slack";
  const connection = settings.SLACK_APP_TOKEN === undefined ? "events at POST /slack/events" : "Socket Mode";
  if (settings.SLACK_BOT_TOKEN !== undefined) return { name, state: connection };
  if (settings.SLACK_CLIENT_ID !== undefined) {
    return { name, state: `${connection}, waiting for workspaces to install it at /slack/install` };
  }
  return { name, state: "off", hint: "SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET turns it on" };
}

function discord({ DISCORD_TOKEN: token, DISCORD_GUILD_ID: guild }: Environment): Part {
  const name = "Discord";
  if (token === undefined) return { name, state: "off", hint: "DISCORD_TOKEN turns it on" };
  return { name, state: guild === undefined ? "commands in every server" : `commands in server ${guild}` };
}
