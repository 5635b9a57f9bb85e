import { SERVER_VARIABLE, startTestPostgres, type TestPostgres } from "./postgres-server.ts";

let postgres: TestPostgres | undefined;

/** Before all test files: one PostgreSQL for the whole run (`node --test --test-global-setup=…`). */
export async function globalSetup(): Promise<void> {
  postgres = await startTestPostgres();
  process.env[SERVER_VARIABLE] = postgres.host;
}

export async function globalTeardown(): Promise<void> {
  await postgres?.stop();
}
