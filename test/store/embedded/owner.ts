/** A process that owns the embedded PostgreSQL of its first argument until it is killed, or ends at once with `exit` behind that. */
import { silent } from "../../support/postgres-server.ts";
import { startEmbeddedPostgres } from "../../../src/store/embedded/embedded-postgres.ts";

await startEmbeddedPostgres({ dataDir: process.argv[2] ?? "", log: silent });
console.log("owns");
if (process.argv[3] === "exit") process.exit(0);
