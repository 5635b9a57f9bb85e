/** `npm run migration -- <name>`: writes the SQL that leads from the latest migration to `prisma/schema.prisma`. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { latestMigratedSchema, MIGRATIONS_DIR, SCHEMA_FILE } from "./migrations.ts";
import { diffSchemas } from "./schema-diff.ts";

const name = process.argv[2]?.replaceAll("-", "_");
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error("usage: npm run migration -- what-changed   (lower case, digits, - and _)");
  process.exit(2);
}

const schema = await readFile(SCHEMA_FILE, "utf8");
const sql = await diffSchemas(await latestMigratedSchema(), schema);
if (sql === undefined) {
  console.log("prisma/schema.prisma has not changed since the latest migration.");
} else {
  const timestamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const folder = join(MIGRATIONS_DIR, `${timestamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "migration.sql"), sql);
  // What the next migration starts from. Prisma's own tools do not look at it.
  await writeFile(join(folder, "schema.prisma"), schema);
  console.log(`Wrote ${folder}. Read it before you commit it.`);
}
