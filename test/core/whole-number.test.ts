import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { wholeNumber } from "../../src/core/whole-number.ts";

function problemsOf(value: unknown): string[] {
  const { error } = wholeNumber(1, 5).safeParse(value);
  return error?.issues.map(({ message }) => message) ?? [];
}

describe("a whole number", () => {
  it("is read from text", () => {
    assert.equal(wholeNumber(1, 5).parse("5"), 5);
    assert.equal(wholeNumber(0).parse("0"), 0);
  });

  for (const value of ["soon", "0", "-1.5", "1.5", "6", "1e30", "Infinity", undefined]) {
    it(`is refused once, with what it must be, when it is ${value}`, () => {
      assert.deepEqual(problemsOf(value), ["must be a whole number from 1 to 5"]);
    });
  }
});
