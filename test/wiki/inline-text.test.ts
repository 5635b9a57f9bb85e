import assert from "node:assert/strict";
import { test } from "node:test";
import { parseHtml } from "../../src/wiki/html.ts";
import { cellTextOf, proseOf } from "../../src/wiki/inline-text.ts";

// More than enough for reading a text once, and far too little for reading it again from every character.
const timeout = 30_000;
const MILLION = 1_000_000;

test("A million spaces are one", { timeout }, () => {
  assert.equal(proseOf(parseHtml(`Velm${" ".repeat(MILLION)}lies (low)`)), "Velm lies (low)");
});

test("A hundred thousand footnote marks leave nothing", { timeout }, () => {
  const marks = '<sup class="reference">[1]</sup> '.repeat(100_000);

  assert.equal(proseOf(parseHtml(`Velm ${marks}lies (${marks}low).`)), "Velm lies (low).");
});

test("A hundred thousand pairs of empty parentheses leave nothing", { timeout }, () => {
  const marks = '(; <sup class="reference">[1]</sup> ,)<sup class="reference">[2]</sup>'.repeat(100_000);

  assert.equal(proseOf(parseHtml(`Velm ${marks}.`)), "Velm.");
});

test("A cell of a hundred thousand lines has them all", { timeout }, () => {
  const text = cellTextOf(parseHtml("low:<br>".repeat(100_000)));

  assert.equal(text, `${"low: ".repeat(99_999)}low:`);
});

test("The gap a mark leaves closes before punctuation, and keeps words apart that were apart", () => {
  const mark = '<sup class="reference">[1]</sup>';

  assert.equal(
    proseOf(parseHtml(`Velm ${mark} (${mark} (${mark}) ${mark}; low) lies${mark} ${mark}, as${mark} all`)),
    "Velm (low) lies, as all",
  );
});
