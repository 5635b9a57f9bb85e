import { readEnvironment, readSettings } from "./config.ts";
import { Failure, toFailure } from "./core/failure.ts";
import { createLog } from "./log.ts";
import { inviteLink } from "./platforms/discord/invite-link.ts";

try {
  const { DISCORD_TOKEN, DISCORD_API_URL } = readEnvironment();
  // Nothing else of the environment: a wiki need not be set up to invite a bot, and one of files wants no contact.
  const settings = readSettings({ DISCORD_TOKEN, DISCORD_API_URL, WIKI_DIR: "." });
  const { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl } = settings;
  if (token === undefined) {
    throw new Failure(
      "invalid-config",
      "DISCORD_TOKEN: is missing. The developer portal has it under Bot, Reset Token",
    );
  }
  const { name, link } = await inviteLink({ token, apiUrl, log: createLog("silent") });
  process.stdout.write(`Open this to add ${name} to a server you manage:\n${link}\n`);
} catch (error) {
  const { kind, message } = toFailure(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = kind === "invalid-config" ? 2 : 1;
}
