import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "./redis.ts";

const scripts = path.resolve(
  process.env["MEDIAWIKI_SCRIPTS"] ?? path.join(import.meta.dirname, "../../../shared/mediawiki"),
);
const installScript = path.join(scripts, "install.sh");
const debs = process.env["MEDIAWIKI_DEBS"] ?? "";
const cacheDir = process.env["FOOTNOTE_MEDIAWIKI_DIR"] ?? path.join(tmpdir(), "footnote-mediawiki");
const isCi = (process.env["CI"] ?? "") !== "";

/** For `describe(title, { skip: withoutMediaWiki })`: false, or why no real MediaWiki can be had. Never skips in CI. */
export const withoutMediaWiki = !isCi && missingPart();

if (withoutMediaWiki !== false) {
  process.stderr.write(
    `SKIPPED in ${process.argv[1]}: all tests with a real MediaWiki, for there is ${withoutMediaWiki}\n`,
  );
}

/** A real MediaWiki on loopback. */
export interface MediaWiki {
  readonly apiUrl: string;
  stop(): Promise<void>;
}

/**
 * Serves a real MediaWiki that holds the pages of the dump. The installation is kept for the next time, under a name made of what it is
 * made from; each server has a database of its own, so that tests may run side by side.
 */
export async function startMediaWiki(dump: string): Promise<MediaWiki> {
  const missing = missingPart();
  if (missing !== false) throw new Error(`no real MediaWiki, for there is ${missing}`);
  const installed = await install(dump);
  const data = mkdtempSync(path.join(tmpdir(), "footnote-mediawiki-data-"));
  cpSync(path.join(installed, "data"), data, { recursive: true });
  const port = await freePort();
  const server = spawn("php", ["-S", `127.0.0.1:${port}`, "-t", installed, path.join(installed, "w/router.php")], {
    env: {
      ...process.env,
      MEDIAWIKI_DATA: data,
      MEDIAWIKI_SERVER: `http://127.0.0.1:${port}`,
      PHP_CLI_SERVER_WORKERS: "3",
    },
    stdio: "ignore",
    // Its workers outlive a server that is killed alone; together they are a process group.
    detached: true,
  });
  const killAtExit = (): void => killGroup(server);
  process.once("exit", killAtExit);
  const apiUrl = `http://127.0.0.1:${port}/w/api.php`;
  await answers(apiUrl);
  return {
    apiUrl,
    async stop() {
      const exited = once(server, "exit");
      killGroup(server);
      await exited;
      process.off("exit", killAtExit);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A few pages in the wikitext that people write: templates, references, tables, subsections. */
export function sampleDump(): string {
  return readFileSync(path.join(scripts, "sample-dump.xml"), "utf8");
}

function missingPart(): string | false {
  if (!existsSync(installScript)) return "no install.sh for it (MEDIAWIKI_SCRIPTS names its folder)";
  if (!existsSync(debs) || !readdirSync(debs).some((name) => /^mediawiki_.*\.deb$/.test(name))) {
    return "no package of it (MEDIAWIKI_DEBS names the folder with mediawiki_*.deb and mediawiki-classes_*.deb)";
  }
  const modules = spawnSync("php", ["-m"], { encoding: "utf8" }).stdout ?? "";
  const absent = ["sqlite3", "intl", "mbstring", "xml"].filter((name) => !modules.split("\n").includes(name));
  return (
    absent.length > 0 && `no PHP with ${absent.join(", ")} (Debian: php-cli php-sqlite3 php-intl php-mbstring php-xml)`
  );
}

async function install(dump: string): Promise<string> {
  const ingredients = [readFileSync(installScript, "utf8"), LATE_SETTINGS, dump, ...readdirSync(debs).toSorted()];
  const name = createHash("sha256").update(ingredients.join("\0")).digest("hex").slice(0, 16);
  const dir = path.join(cacheDir, name);
  const done = path.join(dir, "installed");
  mkdirSync(cacheDir, { recursive: true });
  const release = await lock(`${dir}.lock`);
  try {
    if (existsSync(done)) return dir;
    mkdirSync(dir, { recursive: true });
    const dumpFile = path.join(dir, "dump.xml");
    writeFileSync(dumpFile, dump);
    execFileSync("bash", [installScript, dir, "80", dumpFile], { stdio: ["ignore", "ignore", "inherit"] });
    appendFileSync(path.join(dir, "w/LocalSettings.php"), LATE_SETTINGS);
    writeFileSync(done, "");
    return dir;
  } finally {
    release();
  }
}

/** Address and database differ from server to server; install.sh fixes both. */
const LATE_SETTINGS = `
if ( getenv( 'MEDIAWIKI_SERVER' ) ) { $wgServer = getenv( 'MEDIAWIKI_SERVER' ); $wgSQLiteDataDir = getenv( 'MEDIAWIKI_DATA' ); }
`;

/** Test files run side by side in processes of their own; one installs while the others wait. A dead owner's lock is taken over. */
async function lock(file: string): Promise<() => void> {
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => rmSync(file);
    } catch {
      if (existsSync(file) && !isAlive(Number(readFileSync(file, "utf8")))) rmSync(file, { force: true });
      // oxlint-disable-next-line no-await-in-loop -- waiting is the point
      await delay(100);
    }
  }
}

function isAlive(pid: number): boolean {
  // An empty file belongs to somebody who is just about to write into it.
  if (pid === 0) return true;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function answers(apiUrl: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
      const response = await fetch(`${apiUrl}?action=query&format=json`);
      // oxlint-disable-next-line no-await-in-loop
      await response.body?.cancel();
      if (response.status === 200) return;
      throw new Error(`the MediaWiki answers with HTTP ${response.status}`);
    } catch (error) {
      if (attempt >= 200) throw error;
      // oxlint-disable-next-line no-await-in-loop
      await delay(50);
    }
  }
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It has gone already.
  }
}
