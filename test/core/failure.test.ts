import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure, toFailure } from "../../src/core/failure.ts";

test("an error nobody foresaw becomes a bug that does not repeat its message", () => {
  const thrown = new SyntaxError(`Unexpected token 'a', "am I ill?" is not valid JSON`);

  const failure = toFailure(thrown);

  assert.deepEqual([failure.kind, failure.message, failure.cause], ["bug", "an unforeseen SyntaxError", thrown]);
});

test("a thrown thing that is no error becomes a bug that does not repeat it", () => {
  const failure = toFailure("am I ill?");

  assert.deepEqual([failure.kind, failure.message, failure.cause], ["bug", "an unforeseen string", "am I ill?"]);
});

test("a Failure stays what it is", () => {
  const failure = new Failure("deadline", "the model took too long");

  assert.equal(toFailure(failure), failure);
});

test("an abort is the Failure it was aborted for, or cancelled", () => {
  const drained = new Failure("cancelled", "Footnote is stopping");

  assert.equal(toFailure(Object.assign(new DOMException("aborted", "AbortError"), { cause: drained })), drained);
  assert.equal(toFailure(new DOMException("aborted", "AbortError")).kind, "cancelled");
  assert.equal(toFailure(new DOMException("timed out", "TimeoutError")).kind, "deadline");
});
