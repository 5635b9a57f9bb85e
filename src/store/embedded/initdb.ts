import { execFile } from "node:child_process";
import { mkdtemp, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Failure } from "../../core/failure.ts";
import { errorCode } from "../error-code.ts";
import type { Binaries } from "./binaries.ts";
import { giveTo, SERVER_ENVIRONMENT, type RunAs } from "./run-as.ts";

const INITDB_OPTIONS = [
  "--username=postgres",
  // The socket is open to PostgreSQL's own user and root alone.
  "--auth=trust",
  "--encoding=UTF8",
  // The same order of text on every machine, whatever its system's locales.
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--locale=C",
];

/** Runs initdb aside and moves the result into place: nobody ever meets half a database, and of two that start at once one wins. */
export async function initialise(home: {
  readonly place: string;
  readonly data: string;
  readonly runAs: RunAs;
  readonly binaries: Binaries;
}): Promise<void> {
  if ((await stat(home.data).catch(() => undefined)) !== undefined) return;
  const half = await mkdtemp(join(home.place, "postgres-new-"));
  try {
    await giveTo(home.runAs, half);
    await promisify(execFile)(home.binaries.initdb, [`--pgdata=${half}`, ...INITDB_OPTIONS], {
      ...home.runAs,
      cwd: half,
      env: SERVER_ENVIRONMENT,
    }).catch((error: unknown) => {
      throw new Failure("invalid-config", "embedded PostgreSQL could not make its data in DATA_DIR", { cause: error });
    });
    await rename(half, home.data).catch(ignoreIfThere);
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

function ignoreIfThere(error: unknown): void {
  if (!["ENOTEMPTY", "EEXIST"].includes(errorCode(error) ?? "")) throw error;
}
