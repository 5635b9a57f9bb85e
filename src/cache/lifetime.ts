export interface LifetimeSettings {
  /** Time to live of an ordinary value. */
  readonly ttlSeconds: number;
  /** How much longer an ordinary value is kept, to be served stale; what lives more briefly (a missing page) has proportionally less. */
  readonly graceSeconds: number;
}

export interface Lifetime {
  /** Milliseconds the value counts as fresh. */
  readonly freshMs: number;
  /** Milliseconds it is kept in all. */
  readonly keptMs: number;
}

/** A lifetime of about `ttlSeconds`: up to 10 % more or less by chance, so that what was loaded together does not expire together. */
export function lifetimeOf(ttlSeconds: number, settings: LifetimeSettings): Lifetime {
  const freshMs = ttlSeconds * 1_000 * (0.9 + 0.2 * Math.random());
  const share = Math.min(1, ttlSeconds / settings.ttlSeconds);
  return { freshMs, keptMs: freshMs + settings.graceSeconds * 1_000 * share };
}
