import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { z } from "zod";

const root = join(import.meta.dirname, "../..");
const instructions = readFileSync(join(root, "Dockerfile"), "utf8")
  .replaceAll(/^#.*\n/gm, "")
  .replaceAll("\\\n", "")
  .split("\n")
  .filter((line) => line !== "");

function argumentsOf(instruction: string): string[] {
  return instructions
    .filter((line) => line.startsWith(`${instruction} `))
    .map((line) => line.slice(instruction.length + 1));
}

describe("Dockerfile", () => {
  it("builds on the very Node that package.json pins", () => {
    const { devDependencies } = z
      .object({ devDependencies: z.object({ node: z.string() }) })
      .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));

    assert.equal(argumentsOf("FROM")[0], `node:${devDependencies.node}-bookworm-slim AS base`);
  });

  it("copies only what is there and what .dockerignore lets through", () => {
    const copied = argumentsOf("COPY")
      .filter((line) => !line.startsWith("--from="))
      .flatMap((line) => line.split(" ").slice(0, -1));
    const letThrough = readFileSync(join(root, ".dockerignore"), "utf8").matchAll(/^!(.*)$/gm);
    const shared = [...letThrough].map(([, path]) => path);

    assert.deepEqual(
      copied.filter((path) => !existsSync(join(root, path))),
      [],
    );
    assert.deepEqual(
      copied.filter((path) => !shared.some((entry) => path === entry || path.startsWith(`${entry}/`))),
      [],
    );
  });

  it("runs as an ordinary user, in a process that receives the signals", () => {
    assert.deepEqual(argumentsOf("USER"), ["node"]);
    assert.deepEqual(argumentsOf("CMD"), ['["node", "src/main.ts"]']);
  });

  it("calls the bot healthy when it is ready", () => {
    assert.match(argumentsOf("HEALTHCHECK").join(""), /\/ready/);
  });
});
