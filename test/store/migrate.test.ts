import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test, type TestContext } from "node:test";
import type { Pool } from "pg";
import { Failure } from "../../src/core/failure.ts";
import { migrate } from "../../src/store/migrate.ts";
import { latestMigratedSchema, SCHEMA_FILE, type Migration } from "../../src/store/migrations.ts";
import { diffSchemas } from "../../src/store/schema-diff.ts";
import { emptyDatabase } from "../support/postgres.ts";
import { openPool, silent } from "../support/postgres-server.ts";

const pets: Migration = { name: "20260101000000_pets", sql: "CREATE TABLE pet (name text)", checksum: "a" };
const vets: Migration = { name: "20260102000000_vets", sql: "CREATE TABLE vet (name text)", checksum: "b" };
const broken: Migration = {
  name: "20260103000000_broken",
  sql: "CREATE TABLE half (name text); SELECT 1 / 0",
  checksum: "c",
};

test("migrations are applied in order, once", async (t) => {
  const { connection, pool } = await openDatabase(t);

  await migrate(connection, silent, [pets]);
  await migrate(connection, silent, [pets, vets]);

  const { rows } = await pool.query(
    "SELECT migration_name, applied_steps_count FROM _prisma_migrations ORDER BY started_at",
  );
  assert.deepEqual(rows, [
    { migration_name: pets.name, applied_steps_count: 1 },
    { migration_name: vets.name, applied_steps_count: 1 },
  ]);
});

test("migrations are applied once by replicas that start at the same time", async (t) => {
  const { connection, pool } = await openDatabase(t);

  await Promise.all([1, 2, 3, 4].map(() => migrate(connection, silent, [pets, vets])));

  assert.equal((await pool.query("SELECT FROM _prisma_migrations")).rowCount, 2);
});

test("a migration that fails leaves nothing behind", async (t) => {
  const { connection, pool } = await openDatabase(t);

  await assert.rejects(migrate(connection, silent, [pets, broken]), Failure);

  const { rows } = await pool.query("SELECT to_regclass('half') AS half, to_regclass('pet')::text AS pet");
  assert.deepEqual(rows, [{ half: null, pet: "pet" }]);
  await assert.doesNotReject(migrate(connection, silent, [pets]));
});

test("a migration may take longer than any other statement", async (t) => {
  const { connection, pool } = await openDatabase(t);
  const limited = { ...connection, query_timeout: 100, options: "-c statement_timeout=100" };

  await migrate(limited, silent, [{ ...pets, sql: `SELECT pg_sleep(0.3); ${pets.sql}` }]);

  assert.equal((await pool.query("SELECT FROM pet")).rowCount, 0);
});

test("a migration that was changed after it had been applied is refused", async (t) => {
  const { connection } = await openDatabase(t);
  await migrate(connection, silent, [pets]);

  await assert.rejects(
    migrate(connection, silent, [{ ...pets, checksum: "z" }]),
    (error) => error instanceof Failure && error.kind === "invalid-config" && error.message.includes(pets.name),
  );
});

test("a database that was migrated by a later version is refused", async (t) => {
  const { connection } = await openDatabase(t);
  await migrate(connection, silent, [pets, vets]);

  await assert.rejects(
    migrate(connection, silent, [pets]),
    (error) => error instanceof Failure && error.kind === "invalid-config" && error.message.includes(vets.name),
  );
});

test("the latest migration and the Prisma schema agree", async () => {
  const schema = await readFile(SCHEMA_FILE, "utf8");

  assert.equal(await diffSchemas(await latestMigratedSchema(), schema), undefined);
});

test("the migrations make the very tables that the Prisma schema describes", async (t) => {
  const migrated = await openDatabase(t);
  const described = await openDatabase(t);
  const sql = await diffSchemas(undefined, await readFile(SCHEMA_FILE, "utf8"));

  await migrate(migrated.connection, silent);
  await described.pool.query(sql ?? "");

  assert.deepEqual(await catalogue(migrated.pool), await catalogue(described.pool));
});

async function openDatabase(t: TestContext) {
  const connection = { connectionString: await emptyDatabase() };
  const pool = openPool(connection.connectionString);
  t.after(() => pool.end());
  return { connection, pool };
}

/** Columns, indexes, constraints and enums, as PostgreSQL itself puts them into words. */
async function catalogue(pool: Pool): Promise<unknown[]> {
  const { rows } = await pool.query(`
    SELECT table_name || '.' || column_name AS name, concat_ws(' ', udt_name, is_nullable, column_default, datetime_precision) AS definition
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
    UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
    UNION ALL SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid <> coalesce(to_regclass('_prisma_migrations'), 0)
    UNION ALL SELECT typname || '.' || enumlabel, enumsortorder::text FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
    ORDER BY 1, 2`);
  return rows;
}
