import { readEnvironment, readSettings } from "./config.ts";
import { toFailure } from "./core/failure.ts";
import { startFootnote } from "./footnote.ts";
import { createLog } from "./log.ts";
import { describeParts } from "./parts.ts";
import { type EndingSignal, exitCode, untilSignal } from "./signals.ts";

const signal = untilSignal();
let stopped: EndingSignal | undefined;
void signal.then((name) => (stopped = name));

try {
  const settings = readSettings(readEnvironment());
  const log = createLog(settings.LOG_LEVEL);
  process.stdout.write(`Footnote is starting.\n${describeParts(settings)}\n`);
  const footnote = await startFootnote(settings, log);
  process.stdout.write(`Ready: ${footnote.address}\n`);
  await signal;
  process.stdout.write(`Stopping; running answers get ${settings.DRAIN_MS / 1000} s. A second signal stops at once.\n`);
  await footnote.stop();
  // Whatever a library left open must not keep a stopped Footnote alive.
  process.exit(0);
} catch (error) {
  // A signal in the midst of starting ends what was being started, too: that is no failure.
  if (stopped !== undefined) process.exit(exitCode(stopped));
  const failure = toFailure(error);
  const detail =
    failure.kind === "bug" ? `\n${failure.cause instanceof Error ? failure.cause.stack : failure.stack}` : "";
  process.stderr.write(`Footnote could not start: ${failure.message}${reason(failure.cause)}${detail}\n`);
  process.exit(failure.kind === "invalid-config" ? 2 : 1);
}

/** The code of what a vendor threw (ECONNREFUSED, 28P01): it names no value of a setting. */
function reason(cause: unknown): string {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? ` (${cause.code})` : "";
}
