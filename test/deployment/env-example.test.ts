import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parseEnv } from "node:util";
import { environmentSchema, readSettings } from "../../src/config.ts";

const text = readFileSync(join(import.meta.dirname, "../../.env.example"), "utf8");
const { POSTGRES_PASSWORD, ...settings } = parseEnv(text.replace(/^# (?=[A-Z_]+=)/gm, ""));

describe(".env.example", () => {
  it("names every setting that Footnote reads, and no other", () => {
    assert.deepEqual(Object.keys(settings).toSorted(), Object.keys(environmentSchema.shape).toSorted());
  });

  it("shows the defaults", () => {
    assert.deepEqual(readSettings(settings), readSettings({}));
  });

  it("explains every setting", () => {
    const unexplained = text
      .split(/\n\n+/)
      .filter((paragraph) => /^(?:# )?[A-Z_]+=/m.test(paragraph))
      .filter((paragraph) => !/^# (?![A-Z_]+=)/.test(paragraph));

    assert.deepEqual(unexplained, []);
  });

  it("leaves the password of the containers' database to its reader", () => {
    assert.equal(POSTGRES_PASSWORD, "");
  });

  it("sets nothing as it is copied", () => {
    assert.deepEqual(readSettings(parseEnv(text)), readSettings({}));
  });
});
