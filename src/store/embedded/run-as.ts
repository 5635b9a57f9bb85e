import { chown, readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Failure } from "../../core/failure.ts";

/** The user PostgreSQL runs as; both `undefined` for our own. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
}

/** Where root keeps what another user must reach, when it cannot stay in DATA_DIR or the checkout. */
export const SYSTEM_STATE_DIR = "/var/lib/footnote";

/**
 * PostgreSQL refuses to run as root. It then runs as whoever owns the data, or as `nobody` when there is none yet.
 * @throws {Failure} `invalid-config` when the data belong to somebody we cannot become
 */
export async function chooseUser(dataFolder: string): Promise<RunAs> {
  if (process.getuid === undefined) return {};
  const owner = await stat(dataFolder).catch(() => undefined);
  if (process.getuid() === 0) {
    return owner === undefined || owner.uid === 0 ? nobody() : { uid: owner.uid, gid: owner.gid };
  }
  if (owner !== undefined && owner.uid !== process.getuid()) {
    throw new Failure(
      "invalid-config",
      `the database in DATA_DIR belongs to another user (uid ${owner.uid}): start Footnote as that user or as root, or set another DATA_DIR`,
    );
  }
  return {};
}

async function nobody(): Promise<RunAs> {
  const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(await readFile("/etc/passwd", "utf8"));
  if (entry === null) {
    throw new Failure("invalid-config", "PostgreSQL cannot run as root, and there is no user nobody: set DATABASE_URL");
  }
  return { uid: Number(entry[1]), gid: Number(entry[2]) };
}

/** Whether that user may pass through every folder on the way to `folder`, that one included. */
export async function canEnter({ uid }: RunAs, folder: string): Promise<boolean> {
  if (uid === undefined) return true;
  for (let path = resolve(folder); ; path = dirname(path)) {
    const { mode, uid: owner } = await stat(path);
    if ((mode & (owner === uid ? 0o100 : 0o001)) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/** Makes that user the owner of `path`. */
export async function giveTo({ uid, gid }: RunAs, path: string): Promise<void> {
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

/** None of Footnote's own environment, which holds secrets. On Windows programs do not start without theirs. */
export const SERVER_ENVIRONMENT: NodeJS.ProcessEnv | undefined =
  process.platform === "win32" ? undefined : { LC_ALL: "C", TZ: "UTC" };
