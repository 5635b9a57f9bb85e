import { defineConfig } from "prisma/config";

/** For Prisma's own tools (`prisma migrate deploy`, `prisma studio`); Footnote itself does not read it. */
// oxlint-disable-next-line import/no-default-export -- Prisma looks for the default export
export default defineConfig({
  schema: "../prisma/schema.prisma",
  migrations: { path: "../prisma/migrations" },
  datasource: { url: process.env["DATABASE_URL"] ?? "" },
});
