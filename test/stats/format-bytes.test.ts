import assert from "node:assert/strict";
import { it } from "node:test";
import { formatBytes } from "../../src/stats/format-bytes.ts";

for (const [bytes, text] of [
  [0, "0B"],
  [1, "1B"],
  [1023, "1023B"],
  [1024, "1.0K"],
  [1_258_291, "1.2M"],
  [5_368_709_120, "5.0G"],
  [1_125_899_906_842_624, "1024.0T"],
] as const) {
  it(`${bytes} bytes are written ${text}`, () => {
    assert.equal(formatBytes(bytes), text);
  });
}
