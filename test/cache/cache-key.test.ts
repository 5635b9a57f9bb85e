import assert from "node:assert/strict";
import { it } from "node:test";
import { cacheKey } from "../../src/cache/cache-key.ts";

it("a key names its prefix and a hash of its arguments", () => {
  assert.equal(cacheKey("article", { title: "Tokyo" }), "wiki:article:fa02bb6de25cc5d10b0715116a18dc0d");
});

it("the order of properties does not count, at any depth", () => {
  assert.equal(cacheKey("a", { x: 1, y: { p: 1, q: 2 } }), cacheKey("a", { y: { q: 2, p: 1 }, x: 1 }));
});

it("the order of a list counts", () => {
  assert.notEqual(cacheKey("a", ["x", "y"]), cacheKey("a", ["y", "x"]));
});

it("composed and decomposed letters are the same", () => {
  assert.equal(cacheKey("a", "\u00C5ngstr\u00F6m"), cacheKey("a", "A\u030Angstro\u0308m"));
});

it("surplus white space does not count", () => {
  assert.equal(cacheKey("a", "  Alan \n\u00A0 Turing "), cacheKey("a", "Alan Turing"));
});

it("case counts", () => {
  assert.notEqual(cacheKey("a", "PNG"), cacheKey("a", "Png"));
});

it("an undefined property is an absent one", () => {
  assert.equal(cacheKey("a", { title: "Tokyo", revision: undefined }), cacheKey("a", { title: "Tokyo" }));
});

it("a number is not the text that looks like it", () => {
  assert.notEqual(cacheKey("a", 1), cacheKey("a", "1"));
});

it("where one argument ends and the next begins counts", () => {
  assert.notEqual(cacheKey("a", ["ab", "c"]), cacheKey("a", ["a", "bc"]));
});

it("no arguments are arguments too", () => {
  assert.match(cacheKey("a", undefined), /^wiki:a:[0-9a-f]{32}$/);
});
