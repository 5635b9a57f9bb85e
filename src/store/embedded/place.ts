import { access, chmod, constants, mkdir, mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { Failure } from "../../core/failure.ts";
import { canEnter, chooseUser, SYSTEM_STATE_DIR } from "./run-as.ts";

/** In DATA_DIR, names the folder that holds `postgres/` when DATA_DIR itself cannot. */
const LOCATION_FILE = "postgres-location";

/** @throws {Failure} `invalid-config` when it cannot be written */
export async function makeFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK);
  } catch (error) {
    throw new Failure("invalid-config", "DATA_DIR: is no folder that can be written", {
      cause: error,
    });
  }
}

/**
 * `DATA_DIR`, whenever PostgreSQL's user may enter it. As root it may be closed to that user (below /root, or 0700 and in use
 * already); the data then live in a folder of their own, of which DATA_DIR keeps the name.
 */
export async function findPlace(dataDir: string): Promise<string> {
  const recorded = await readFile(join(dataDir, LOCATION_FILE), "utf8").catch(() => undefined);
  if (recorded !== undefined) return recorded.trim();
  const user = await chooseUser(join(dataDir, "postgres"));
  if (await canEnter(user, dataDir)) return dataDir;
  if ((await canEnter(user, dirname(dataDir))) && (await readdir(dataDir)).length === 0) {
    // Ours alone from now on, and nothing in it yet that passing through could give away.
    await chmod(dataDir, ((await stat(dataDir)).mode & 0o7777) | 0o001);
    return dataDir;
  }

  // What lies below the folder for temporary files is temporary, and so are its data.
  const parent = dataDir.startsWith(tmpdir() + sep) ? tmpdir() : SYSTEM_STATE_DIR;
  await mkdir(parent, { recursive: true, mode: 0o755 });
  const place = await mkdtemp(join(parent, "footnote-"));
  await chmod(place, 0o711);
  await writeFile(join(dataDir, LOCATION_FILE), `${place}\n`, { flag: "wx" });
  return place;
}
