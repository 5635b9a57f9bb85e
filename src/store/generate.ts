/** `postinstall`: writes Prisma's client into `generated/`. Downloads nothing, and needs no other file of ours but the schema. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const cli = fileURLToPath(new URL("../../node_modules/prisma/build/index.js", import.meta.url));
const schema = fileURLToPath(new URL("../../prisma/schema.prisma", import.meta.url));

if (existsSync(cli) && existsSync(schema)) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [cli, "generate"], {
    cwd: root,
    encoding: "utf8",
    env: {
      ...process.env,
      // `generate` insists on a schema engine, which it would download, and does not use. Any file that exists will do.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
  });
  if (error !== undefined) throw error;
  if (status !== 0) console.error(stdout + stderr);
  process.exitCode = status ?? 1;
} else {
  console.log("No prisma or no schema here (a production install), so src/store/generated is left as it is.");
}
