import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { findBinaries, type Binaries } from "./binaries.ts";
import { initialise } from "./initdb.ts";
import { findPlace, makeFolder } from "./place.ts";
import { chooseUser, type RunAs } from "./run-as.ts";
import { socketFolderOf } from "./socket.ts";

/** Everything that is settled before the server starts. */
export interface Home {
  /** PostgreSQL's data directory, initialised. */
  readonly data: string;
  /** Folder of the unix socket. Unused on Windows. */
  readonly socket: string;
  readonly logFile: string;
  readonly runAs: RunAs;
  readonly binaries: Binaries;
}

/** Finds the data of DATA_DIR, or makes them. @throws {Failure} `invalid-config` */
export async function prepareHome(dataDir: string): Promise<Home> {
  await makeFolder(dataDir);
  // One name for one folder: a server is known by the path of its data.
  const root = await realpath(dataDir);
  const place = await findPlace(root);
  const data = join(place, "postgres");
  const runAs = await chooseUser(data);
  const binaries = await findBinaries(runAs);
  await initialise({ place, data, runAs, binaries });
  return { data, runAs, binaries, logFile: join(root, "postgres.log"), socket: socketFolderOf(place) };
}
