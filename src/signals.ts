/** A terminal sends Ctrl-C to npm and to Footnote, and npm sends it on: what comes this close together is one wish. */
const ONE_WISH_MS = 1_000;

/**
 * Resolves at the first SIGINT or SIGTERM; a second one ends the process at once, which loses nothing either: what was
 * acknowledged is in the database, and the next start goes on with it.
 */
export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | undefined;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        if (first !== undefined && performance.now() - first > ONE_WISH_MS) process.exit(exitCode(signal));
        first ??= performance.now();
        resolve(signal);
      });
    }
  });
}

/** What a shell expects of a program that a signal has ended. */
export function exitCode(signal: NodeJS.Signals): number {
  return signal === "SIGINT" ? 130 : 143;
}
