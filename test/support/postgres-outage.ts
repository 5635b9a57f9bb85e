import { rm } from "node:fs/promises";
import { after } from "node:test";
import { startEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { silent, temporaryFolder, urlOf } from "./postgres-server.ts";

/** A PostgreSQL of the test's own that can go away and come back. */
export interface MortalPostgres {
  readonly url: string;
  /** Ends every connection and the server, as for a restart of the machine it runs on. */
  stop(): Promise<void>;
  /** Starts it again, with its data, at the same address. */
  start(): Promise<void>;
}

/** Empty; ended after all tests of the file, when the Footnotes that use it have ended. */
export async function startMortalPostgres(): Promise<MortalPostgres> {
  const dataDir = await temporaryFolder();
  let server = await startEmbeddedPostgres({ dataDir, log: silent });
  after(async () => {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  return {
    url: urlOf(server.address.host, server.address.database),
    stop: () => server.close(),
    async start() {
      server = await startEmbeddedPostgres({ dataDir, log: silent });
    },
  };
}
