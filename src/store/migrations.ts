import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const SCHEMA_FILE = fileURLToPath(new URL("../../prisma/schema.prisma", import.meta.url));
export const MIGRATIONS_DIR = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

export interface Migration {
  /** Name of its folder, which begins with its date. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file in hexadecimal, as Prisma records it. */
  readonly checksum: string;
}

/** All migrations, in the order in which they are applied. */
export async function readMigrations(folder: string = MIGRATIONS_DIR): Promise<readonly Migration[]> {
  const names = await migrationNames(folder);
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/** The Prisma schema as of the latest migration; `undefined` before the first. */
export async function latestMigratedSchema(): Promise<string | undefined> {
  const latest = (await migrationNames(MIGRATIONS_DIR)).at(-1);
  return latest === undefined ? undefined : readFile(join(MIGRATIONS_DIR, latest, "schema.prisma"), "utf8");
}

async function migrationNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}
