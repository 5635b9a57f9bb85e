/** A terminal sends Ctrl-C to npm and to Footnote, and npm sends it on: what comes this close together is one wish. */
const ONE_WISH_MS = 1_000;

/** Ctrl-C, a service that is stopped, a terminal that is closed; what a shell expects of a program that each has ended. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export type EndingSignal = keyof typeof EXIT_CODES;

/**
 * Resolves at the first of these signals; a second one ends the process at once, which loses nothing either: what was
 * acknowledged is in the database, and the next start goes on with it.
 */
export function untilSignal(): Promise<EndingSignal> {
  return new Promise((resolve) => {
    let first: number | undefined;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (first !== undefined && performance.now() - first > ONE_WISH_MS) process.exit(exitCode(signal));
        first ??= performance.now();
        resolve(signal);
      });
    }
  });
}

export function exitCode(signal: EndingSignal): number {
  return EXIT_CODES[signal];
}
