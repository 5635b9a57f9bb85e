import type { Pool } from "pg";
import type { Installations } from "../core/exchange.ts";
import { guarded } from "./failure.ts";
import type { PrismaClient } from "./generated/client.ts";
import { inTransaction } from "./transaction.ts";

const LOCK = "SELECT sealed FROM installation WHERE platform = $1 AND tenant = $2 FOR UPDATE";
const REPLACE =
  "UPDATE installation SET sealed = $3, changed_at = clock_timestamp() WHERE platform = $1 AND tenant = $2";

/** Keys of workspaces. What it throws is a Failure, or what a `change` has thrown. */
export function createInstallations(pool: Pool, prisma: PrismaClient): Installations {
  return {
    async get(platform, tenant) {
      const where = { platform_tenant: { platform, tenant } };
      return (await guarded(() => prisma.installation.findUnique({ where })))?.sealed;
    },

    async put(platform, tenant, sealed) {
      await guarded(
        () => prisma.$executeRaw`
          INSERT INTO installation (platform, tenant, sealed, changed_at)
          VALUES (${platform}, ${tenant}, ${sealed}, clock_timestamp())
          ON CONFLICT (platform, tenant) DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at`,
      );
    },

    async update(platform, tenant, change) {
      const outcome = await guarded(() =>
        inTransaction(pool, async (client) => {
          const { rows } = await client.query<{ sealed: string }>(LOCK, [platform, tenant]);
          if (rows[0] === undefined) return undefined;
          const [changed] = await Promise.allSettled([change(rows[0].sealed)]);
          if (changed.status === "fulfilled") await client.query(REPLACE, [platform, tenant, changed.value]);
          return changed;
        }),
      );
      if (outcome?.status === "rejected") throw outcome.reason;
      return outcome?.value;
    },

    async remove(platform, tenant, onlyWhile) {
      const where = { platform, tenant, ...(onlyWhile === undefined ? {} : { sealed: onlyWhile }) };
      await guarded(() => prisma.installation.deleteMany({ where }));
    },
  };
}
