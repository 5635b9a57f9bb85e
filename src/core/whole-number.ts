import { z } from "zod";

/**
 * Reads a setting or a parameter, which is text, as a whole number.
 * @param to default: any number that is exact
 */
export function wholeNumber(from: number, to?: number) {
  const error =
    to === undefined ? `must be a whole number, ${from} or more` : `must be a whole number from ${from} to ${to}`;
  // One that is wrong in two ways is told once.
  const check = { error, abort: true };
  return z.coerce
    .number({ error })
    .int(check)
    .min(from, check)
    .max(to ?? Number.MAX_SAFE_INTEGER, check);
}
