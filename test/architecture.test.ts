import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { breachesOf } from "./support/import-rules.ts";

const root = join(import.meta.dirname, "..");

describe("the sources of Footnote", () => {
  it("keep the rules on imports, exports and the environment", () => {
    const paths = globSync("src/**/*.{ts,js}", { cwd: root, exclude: ["src/store/generated/**"] });

    const sources = paths.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

    assert.ok(sources.length > 0);
    assert.deepEqual(breachesOf(sources), []);
  });

  it("have no folder named utils beside the tests either", () => {
    assert.deepEqual(globSync("test/**/utils", { cwd: root }), []);
  });
});

/** One source of each kind that must not be, with what is said of it. */
const breaches: readonly (readonly [path: string, text: string, breach: string])[] = [
  ["src/core/x.ts", `import { a } from "../wiki/a.ts";`, "imports src/wiki/a.ts, but may import only core"],
  ["src/core/x.ts", `import { readFile } from "node:fs";`, "does I/O through node:fs"],
  ["src/core/x.ts", `import pg from "pg";`, "imports pg, which belongs to store"],
  ["src/wiki/x.ts", `import { a } from "../cache/a.ts";`, "imports src/cache/a.ts, but may import only wiki and core"],
  [
    "src/wiki/x.ts",
    `import type { A } from "../cache/a.ts";`,
    "imports src/cache/a.ts, but may import only wiki and core",
  ],
  ["src/wiki/x.ts", `export { a } from "../cache/a.ts";`, "imports src/cache/a.ts, but may import only wiki and core"],
  ["src/wiki/x.ts", `export * from "../cache/a.ts";`, "imports src/cache/a.ts, but may import only wiki and core"],
  [
    "src/wiki/x.ts",
    `const a = await import("../cache/a.ts");`,
    "imports src/cache/a.ts, but may import only wiki and core",
  ],
  ["src/wiki/x.ts", `type A = import("../cache/a.ts").A;`, "imports src/cache/a.ts, but may import only wiki and core"],
  ["src/wiki/x.ts", `const a = await import(name);`, "imports what it computes"],
  ["src/wiki/x.ts", `import { a } from "../config.ts";`, "imports src/config.ts, but may import only wiki and core"],
  ["src/log.ts", `import { a } from "./config.ts";`, "imports src/config.ts, but may import only log.ts and core"],
  ["src/wiki/x.ts", `import "../main.ts";`, "imports the program src/main.ts"],
  ["src/wiki/x.ts", `import "../footnote.ts";`, "imports src/footnote.ts, but may import only wiki and core"],
  ["src/demo.ts", `import "./main.ts";`, "imports the program src/main.ts"],
  ["src/wiki/x.ts", `import { a } from "../../test/a.ts";`, "imports test/a.ts from outside src"],
  [
    "src/platforms/http/x.ts",
    `import { a } from "../slack/a.ts";`,
    "imports src/platforms/slack/a.ts, but may import only platforms/http and core",
  ],
  [
    "src/platforms/http/x.ts",
    `import { a } from "../index.ts";`,
    "imports src/platforms/index.ts, but may import only platforms/http and core",
  ],
  ["src/wiki/x.ts", `import { Redis } from "ioredis";`, "imports ioredis, which belongs to cache"],
  ["src/agent/x.ts", `import pg from "pg/lib/client.js";`, "imports pg, which belongs to store"],
  [
    "src/platforms/slack/x.ts",
    `import { serve } from "@hono/node-server";`,
    "imports @hono/node-server, which belongs to platforms/http",
  ],
  ["src/agent/x.ts", `import { App } from "@slack/bolt";`, "imports @slack/bolt, which belongs to platforms/slack"],
  ["src/main.ts", `import { pino } from "pino";`, "imports pino, which belongs to log.ts"],
  ["src/wiki/x.ts", `import { chunk } from "lodash";`, "imports lodash, which no folder owns"],
  ["src/wiki/x.ts", `const port = process.env.PORT;`, "reads process.env"],
  ["src/wiki/x.ts", `const all = process["env"];`, "reads process.env"],
  ["src/wiki/x.ts", `const all = globalThis.process.env;`, "reads process.env"],
  ["src/wiki/x.ts", `const { env } = process;`, "reads process.env"],
  ["src/wiki/x.ts", `import { env } from "node:process";`, "reads process.env"],
  ["src/wiki/x.ts", `export default function x() {}`, "has a default export"],
  ["src/wiki/x.ts", `const x = 1; export { x as default };`, "has a default export"],
  ["src/wiki/utils/x.ts", `export const x = 1;`, "lies in a folder named utils"],
];

describe("a source that breaks a rule", () => {
  for (const [path, text, breach] of breaches) {
    it(`${path} is told of: ${text}`, () => {
      assert.deepEqual(breachesOf([{ path, text }]), [`${path} ${breach}`]);
    });
  }
});

const allowed: readonly (readonly [path: string, text: string])[] = [
  ["src/core/x.ts", `import { z } from "zod"; import type { A } from "./a.ts";`],
  [
    "src/wiki/x.ts",
    `import { load } from "cheerio"; import { a } from "../core/a.ts"; import { readFile } from "node:fs";`,
  ],
  ["src/wiki/x.ts", `const text = "process.env"; // import "../cache/a.ts"`],
  ["src/wiki/deep/x.ts", `import { a } from "../a.ts"; import { b } from "../../core/b.ts";`],
  ["src/platforms/index.ts", `import { http } from "./http/http-platform.ts";`],
  ["src/platforms/slack/x.ts", `import { split } from "../splitter.ts";`],
  ["src/main.ts", `import { a } from "./cache/a.ts"; import { b } from "./config.ts"; a(process.env);`],
  ["src/footnote.ts", `import { a } from "./cache/a.ts"; import { b } from "./platforms/http/b.ts";`],
  ["src/config.ts", `const all = process.env;`],
  ["src/web/page/x.js", `import { draw } from "./plot.js";`],
];

describe("a source that keeps the rules", () => {
  for (const [path, text] of allowed) {
    it(`${path} is let be: ${text}`, () => {
      assert.deepEqual(breachesOf([{ path, text }]), []);
    });
  }
});
