import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { PERMISSION } from "../../fakes/discord/permissions.ts";
import { startFakeDiscord } from "../../fakes/discord/start-fake-discord.ts";

const PROGRAM = join(import.meta.dirname, "../../../src/discord-invite.ts");

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program with these settings, and no file that adds to them. */
function invite(environment: Readonly<Record<string, string>>): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [PROGRAM], { cwd: tmpdir(), env: environment }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

describe("npm run discord:invite", () => {
  test("prints a link that asks for the scopes and permissions Footnote uses", async () => {
    await using discord = await startFakeDiscord();

    const { code, stdout } = await invite({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });

    const link = new URL(stdout.split("\n")[1] ?? "");
    assert.equal(code, 0);
    assert.match(stdout, /^Open this to add Footnote to a server you manage:\n/);
    assert.equal(link.origin + link.pathname, "https://discord.com/oauth2/authorize");
    assert.equal(link.searchParams.get("client_id"), discord.app.id);
    assert.equal(link.searchParams.get("scope"), "bot applications.commands");
    const granted = BigInt(link.searchParams.get("permissions") ?? "");
    const names = Object.entries(PERMISSION).filter(([, bit]) => (granted & bit) !== 0n);
    assert.deepEqual(names.map(([name]) => name).toSorted(), [
      "ATTACH_FILES",
      "CREATE_PUBLIC_THREADS",
      "EMBED_LINKS",
      "READ_MESSAGE_HISTORY",
      "SEND_MESSAGES",
      "SEND_MESSAGES_IN_THREADS",
      "VIEW_CHANNEL",
    ]);
    assert.equal(
      granted,
      names.reduce((all, [, bit]) => all | bit, 0n),
    );
  });

  test("says which setting is missing, or wrong, and prints no token", async () => {
    await using discord = await startFakeDiscord();

    const missing = await invite({ DISCORD_TOKEN: "" });
    const wrong = await invite({ DISCORD_TOKEN: "a.wrong.token", DISCORD_API_URL: discord.apiUrl });

    assert.deepEqual([missing.code, wrong.code], [2, 2]);
    assert.match(missing.stderr, /^DISCORD_TOKEN: is missing/);
    assert.equal(wrong.stderr, "DISCORD_TOKEN: Discord refuses it\n");
  });
});
