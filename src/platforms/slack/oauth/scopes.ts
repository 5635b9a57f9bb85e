import { readFileSync } from "node:fs";
import { z } from "zod";

const manifest = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

/** What Footnote asks for, wherever it is installed from. */
export const SCOPES: readonly string[] = manifest.parse(
  JSON.parse(readFileSync(new URL("../manifest.json", import.meta.url), "utf8")),
).oauth_config.scopes.bot;

/** What it can do with each, for whoever is to allow it. */
const RIGHTS: Readonly<Record<string, string>> = {
  "app_mentions:read": "read messages that mention it",
  "assistant:write": "suggest questions, and show what it is doing",
  "channels:history": "read messages in the public channels it was invited to",
  "chat:write": "write messages in its own name",
  commands: "answer its commands and shortcuts",
  "files:write": "show a chart of its figures",
  "groups:history": "read messages in the private channels it was invited to",
  "im:history": "read what people write to it directly",
  "mpim:history": "read messages in group conversations it was added to",
  "reactions:write": "react to messages",
  "users:read": "see people's names, and who is an admin",
};

/** One line for each scope. */
export function rights(): string[] {
  return SCOPES.map((scope) => RIGHTS[scope] ?? `use ${scope}`);
}
