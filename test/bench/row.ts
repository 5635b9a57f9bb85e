export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What was measured beside it in the same run. */
  readonly comparedTo?: string;
  /** Value by the value of what it is compared to: below 1 is quicker. */
  readonly ratio?: number;
}

/** To a tenth for 10, to a hundredth for 100. */
export function round(value: number, precision: number): number {
  return Math.round(value * precision) / precision;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Median milliseconds of each operation; they take turns, so that a busy machine is unfair to none. */
export async function medianMs(operations: readonly (() => Promise<unknown>)[], rounds: number): Promise<number[]> {
  const times: number[][] = operations.map(() => []);
  for (let turn = 0; turn < rounds; turn += 1) {
    for (const [index, operation] of operations.entries()) {
      const begun = performance.now();
      await operation();
      times[index]?.push(performance.now() - begun);
    }
  }
  return times.map(median);
}
