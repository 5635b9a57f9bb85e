/** A process that owns the embedded PostgreSQL of its first argument until it is killed. */
import { silent } from "../../support/postgres-server.ts";
import { startEmbeddedPostgres } from "../../../src/store/embedded/embedded-postgres.ts";

await startEmbeddedPostgres({ dataDir: process.argv[2] ?? "", log: silent });
console.log("owns");
