import type { Log } from "../../src/core/log.ts";

/** Keeps tests' output to what tests say. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silentLog };
