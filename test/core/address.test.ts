import assert from "node:assert/strict";
import { test } from "node:test";
import { isLoopback } from "../../src/core/address.ts";

for (const host of [
  "localhost",
  "LOCALHOST",
  "notes.localhost",
  "127.0.0.1",
  "127.8.9.10",
  "::1",
  "[::1]",
  "localhost:3000",
  "127.0.0.1:3000",
  "[::1]:3000",
]) {
  test(`${host} means this machine`, () => {
    assert.equal(isLoopback(host), true);
  });
}

for (const host of ["0.0.0.0", "::", "10.0.0.1", "localhost.example", "127.0.0.1.example", "notlocalhost", "", "a b"]) {
  test(`"${host}" may mean another machine`, () => {
    assert.equal(isLoopback(host), false);
  });
}
