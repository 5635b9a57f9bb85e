import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createShowing, type Showing, type ShowingParts } from "../../src/platforms/showing.ts";
import { silentLog } from "../fakes/log.ts";

const PACE = { firstTextMs: 1, nextTextMs: 1 };

interface Page extends Showing {
  /** Everything it has shown, in order. */
  readonly shown: readonly string[];
  write(text: string): void;
}

function page(parts: Partial<ShowingParts>): Page {
  let text = "";
  const shown: string[] = [];
  const showing = createShowing({
    pace: PACE,
    prepare: async () => undefined,
    wanted: () => text,
    show: async (part) => shown.push(part) > 0,
    signal: undefined,
    log: silentLog,
    ...parts,
  });
  return {
    ...showing,
    shown,
    write(next) {
      text = next;
      showing.begin();
    },
  };
}

describe("a text that grows", () => {
  test("is shown as it is when it is shown", async () => {
    const { write, atRest, shown } = page({});

    write("One.");
    write("One. Two.");
    await atRest();
    write("One. Two. Three.");
    await atRest();

    assert.deepEqual(shown, ["One. Two.", "One. Two. Three."]);
  });

  test("is shown again when it could not be", async () => {
    const tried: string[] = [];
    const troubles = [() => Promise.reject(new Error("refused")), async () => false, async () => true];
    const { write, atRest } = page({ show: (text) => (tried.push(text), troubles.shift() ?? assert.fail)() });

    write("One.");
    await atRest();

    assert.deepEqual(tried, ["One.", "One.", "One."]);
  });

  test("waits for what must be done before", async () => {
    const prepared = Promise.withResolvers<void>();
    const { write, atRest, shown } = page({ prepare: () => prepared.promise });

    write("One.");
    write("One. Two.");
    prepared.resolve();
    await atRest();

    assert.deepEqual(shown, ["One. Two."]);
  });

  test("is not shown when it is whole before the first wait is over", async () => {
    const { write, stop, atRest, shown } = page({ pace: { firstTextMs: 60_000, nextTextMs: 60_000 } });

    write("One.");
    stop();
    await atRest();

    assert.deepEqual(shown, []);
  });

  test("is left alone once its process stops", async () => {
    const stopping = new AbortController();
    const tried: string[] = [];
    const { write, atRest } = page({ signal: stopping.signal, show: async (text) => (tried.push(text), false) });

    write("One.");
    stopping.abort();
    await atRest();
    write("One. Two.");
    await atRest();

    assert.deepEqual(tried, []);
  });
});
