import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

const LOG = join(import.meta.dirname, "..", "src", "log.ts");
const FAILURE = join(import.meta.dirname, "..", "src", "core", "failure.ts");

test("the log tells of an error what it is, and nothing that hangs on it", () => {
  const { line, err, msg } = logged(
    "info",
    `Object.assign(new RangeError("lost"), { code: "57P01", client: { query: "a question" } })`,
  );

  assert.equal(msg, "away");
  assert.deepEqual([err["type"], err["code"]], ["RangeError", "57P01"]);
  assert.match(String(err["stack"]), /^ +at /);
  assert.doesNotMatch(line, /a question/);
});

test("the log tells of a Failure its own words, and of its cause only what it is", () => {
  const { line, err } = logged("info", REFUSED);

  const cause = err["cause"] as Record<string, unknown>;
  assert.deepEqual(
    [err["type"], err["kind"], err["message"]],
    ["Failure", "model-unavailable", "the model server refused"],
  );
  assert.deepEqual([cause["type"], cause["status"], cause["code"]], ["TypeError", 400, "bad_request"]);
  assert.doesNotMatch(line, /am I ill|sk-123/);
});

test("the log keeps a foreign message out although its stack repeats it, line by line", () => {
  const { line } = logged("info", `new Error("your prompt was:\\n    at the doctor's (am I ill?)")`);

  assert.doesNotMatch(line, /doctor|am I ill/);
});

test("the log keeps a thrown thing that is no error to itself", () => {
  const { line, err } = logged("info", `new Failure("bug", "odd", { cause: "am I ill?" })`);

  assert.deepEqual(err["cause"], { type: "string" });
  assert.doesNotMatch(line, /am I ill/);
});

test("the log tells an error that is its own cause", () => {
  const { err } = logged("info", `(() => { const odd = new Error("odd"); odd.cause = odd; return odd; })()`);

  assert.equal(err["type"], "Error");
});

test("the log tells foreign messages at debug", () => {
  const { err } = logged("debug", REFUSED);

  assert.equal((err["cause"] as Record<string, unknown>)["message"], "no such key sk-123 for the prompt: am I ill?");
});

/** A model server that echoes what it was sent. */
const REFUSED = `new Failure("model-unavailable", "the model server refused", {
  cause: Object.assign(new TypeError("no such key sk-123 for the prompt: am I ill?"), { status: 400, code: "bad_request" }),
})`;

/** What a log of that level writes when it is given an error, made by `expression`, as a warning. */
function logged(level: string, expression: string) {
  const program = `
    import { createLog } from ${JSON.stringify(LOG)};
    import { Failure } from ${JSON.stringify(FAILURE)};
    createLog(${JSON.stringify(level)}).warn({ err: ${expression} }, "away");`;
  const line = execFileSync(process.execPath, ["--input-type=module-typescript", "--eval", program], {
    encoding: "utf8",
  });
  const { err, msg } = JSON.parse(line) as { err: Record<string, unknown>; msg: string };
  return { line, err, msg };
}
