import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { createMarkdownSource } from "../../src/wiki/markdown-source.ts";
import { silentLog } from "../fakes/log.ts";

const dir = join(import.meta.dirname, "../../src/wiki/sample");
const files = globSync("*.md", { cwd: dir });
const wiki = createMarkdownSource({ dir, language: "en", log: silentLog });

describe("the sample wiki", () => {
  it("has a file behind every link", () => {
    const targets = files.flatMap((file) =>
      [...readFileSync(join(dir, file), "utf8").matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target ?? ""),
    );

    assert.ok(targets.length > files.length);
    assert.deepEqual(
      targets.filter((target) => !files.includes(target)),
      [],
    );
  });

  it("offers the meanings of Mercury", async () => {
    const { value } = await wiki.article("Mercury");

    assert.equal(value.kind, "disambiguation");
    assert.deepEqual("choices" in value && value.choices, [
      "Mercury (planet)",
      "Mercury (element)",
      "Mercury (mythology)",
    ]);
  });

  it("knows a city by its name in Japanese", async () => {
    const { value } = await wiki.article("京都");

    assert.equal(value.title, "Kyoto");
  });

  for (const title of ["AT&T", "C++", "Ångström", "Kyoto", "Octopus"]) {
    it(`has ${title} in sections, with a table and a list`, async () => {
      const { value } = await wiki.article(title);

      assert.ok("sections" in value);
      assert.ok(value.sections.length >= 4);
      const kinds = value.sections.flatMap(({ passages }) => passages.map(({ kind }) => kind));
      assert.ok(kinds.includes("table"));
      assert.ok(kinds.includes("list"));
    });
  }
});
