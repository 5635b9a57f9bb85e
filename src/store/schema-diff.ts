import { SchemaEngine } from "@prisma/schema-engine-wasm";

/** SQL that turns a database of the one Prisma schema into one of the other; `undefined` when there is nothing to change. */
export async function diffSchemas(from: string | undefined, to: string): Promise<string | undefined> {
  using engine = await SchemaEngine.new({ datamodels: [["schema.prisma", to]] }, () => {}, noDatabase);
  const { exitCode, stdout } = await engine.diff({
    from: from === undefined ? { tag: "empty" } : datamodel(from),
    to: datamodel(to),
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return exitCode === CHANGED && stdout !== null ? stdout : undefined;
}

const CHANGED = 2;

function datamodel(content: string) {
  return { tag: "schemaDatamodel" as const, files: [{ path: "schema.prisma", content }], configDir: "." };
}

/**
 * The engine wants a connection even to compare two texts, and asks it one question: is there a schema `public`, and which
 * PostgreSQL is this? (Reading a real database through it is not an option: adapter-pg 7.10 lacks the type "char" of the catalogue.)
 */
const noDatabase = {
  provider: "postgres",
  adapterName: "none",
  connect: async () => ({
    ok: true,
    value: {
      provider: "postgres",
      adapterName: "none",
      queryRaw: async () => ({
        ok: true,
        value: {
          columnNames: ["exists", "version", "numeric_version"],
          columnTypes: [BOOLEAN, TEXT, INT32],
          rows: [[true, "PostgreSQL 15", 150_000]],
        },
      }),
      executeRaw: unexpected,
      executeScript: unexpected,
      startTransaction: unexpected,
      dispose: async () => ({ ok: true, value: undefined }),
    },
  }),
};

/** Of `ColumnTypeEnum` in @prisma/driver-adapter-utils. */
const INT32 = 0;
const BOOLEAN = 5;
const TEXT = 7;

function unexpected(): never {
  throw new Error("the schema engine wanted more from its database than to know its version");
}
