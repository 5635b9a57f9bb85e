import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decode } from "fast-png";
import { describeChart, drawChart } from "../../src/platforms/chart.ts";

const WEEK = [
  { day: "2026-03-02", exchanges: 12, failed: 1 },
  { day: "2026-03-03", exchanges: 34, failed: 0 },
  { day: "2026-03-04", exchanges: 5, failed: 5 },
  { day: "2026-03-05", exchanges: 0, failed: 0 },
  { day: "2026-03-06", exchanges: 78, failed: 39 },
  { day: "2026-03-07", exchanges: 96, failed: 2 },
  { day: "2026-03-08", exchanges: 41, failed: 3 },
];

/** Pixels of the legend at the top, which has the colours of the bars. */
const LEGEND = 50;

interface Bar {
  /** Pixels up the middle of the day. */
  readonly answered: number;
  readonly failed: number;
}

/** What is blue and what is red in the middle of each of so many days. */
function barsOf(png: Uint8Array, days: number): readonly Bar[] {
  const { width, height, data } = decode(png);
  return Array.from({ length: days }, (_, day) => {
    const column = Math.floor(((day + 0.5) * width) / days);
    const pixels = Array.from({ length: height - LEGEND }, (__, row) =>
      data.subarray(((row + LEGEND) * width + column) * 4),
    );
    const leaning = (from: number, to: number) =>
      pixels.filter((pixel) => (pixel[3] ?? 0) > 0 && (pixel[to] ?? 0) > (pixel[from] ?? 0) + 60).length;
    return { answered: leaning(0, 2), failed: leaning(2, 0) };
  });
}

/** Whether anything is painted on the day between these rows. */
function isPainted(png: Uint8Array, [day, days]: readonly [number, number], [top, bottom]: readonly [number, number]) {
  const { width, data } = decode(png);
  const columns = width / days;
  return Array.from({ length: bottom - top }, (_, row) => (top + row) * width + Math.floor(day * columns))
    .flatMap((start) => [...data.subarray(start * 4, (start + Math.floor(columns)) * 4)])
    .some((value, index) => index % 4 === 3 && value > 0);
}

describe("a chart", () => {
  it("is a PNG of 600 × 200 points, at two pixels a point", () => {
    const { width, height, channels, depth } = decode(drawChart(WEEK), { checkCrc: true });

    assert.deepEqual({ width, height, channels, depth }, { width: 1_200, height: 400, channels: 4, depth: 8 });
  });

  it("is small", () => {
    assert.ok(drawChart(WEEK).length < 40_000);
  });

  it("shows more questions as a higher bar", () => {
    const heights = barsOf(drawChart(WEEK), 7).map(({ answered, failed }) => answered + failed);

    const [mon = 0, tue = 0, wed = 0, thu, fri = 0, sat = 0, sun = 0] = heights;
    assert.equal(thu, 0);
    assert.ok(0 < wed && wed < mon && mon < tue && tue < sun && sun < fri && fri < sat);
  });

  it("shows how many of them failed", () => {
    const bars = barsOf(drawChart(WEEK), 7);

    assert.equal(bars[1]?.failed, 0);
    assert.equal(bars[2]?.answered, 0);
    assert.equal(bars[4]?.failed, bars[4]?.answered);
  });

  it("shows a single failure among many questions", () => {
    const [bar] = barsOf(drawChart([{ day: "2026-03-02", exchanges: 100_000, failed: 1 }]), 1);

    assert.ok(bar !== undefined && bar.failed > 0);
  });

  it("is as high for a few questions a day as for millions", () => {
    const few = barsOf(drawChart([{ day: "2026-03-02", exchanges: 3, failed: 0 }]), 1);
    const many = barsOf(drawChart([{ day: "2026-03-02", exchanges: Number.MAX_SAFE_INTEGER, failed: 0 }]), 1);

    assert.deepEqual(many, few);
  });

  it("keeps the highest bar and its number inside", () => {
    const png = drawChart([{ day: "2026-03-02", exchanges: Number.MAX_SAFE_INTEGER, failed: 1 }]);

    assert.equal(isPainted(png, [0, 1], [0, 8]), false);
    assert.equal(isPainted(png, [0, 1], [392, 400]), false);
  });

  it("has a number above each bar and a name below", () => {
    const png = drawChart(WEEK);

    const days = WEEK.map((_, day) => day);
    assert.ok(days.every((day) => isPainted(png, [day, 7], [60, 332])));
    assert.ok(days.every((day) => isPainted(png, [day, 7], [340, 390])));
  });

  it("has no bars when nothing was asked", () => {
    const bars = barsOf(drawChart(WEEK.map(({ day }) => ({ day, exchanges: 0, failed: 0 }))), 7);

    assert.ok(bars.every(({ answered, failed }) => answered === 0 && failed === 0));
  });

  it("may have no days", () => {
    assert.equal(decode(drawChart([])).width, 1_200);
  });
});

describe("a chart in words", () => {
  it("tells each day's questions", () => {
    assert.equal(
      describeChart([
        { day: "2026-03-02", exchanges: 1_234, failed: 34 },
        { day: "2026-03-03", exchanges: 0, failed: 0 },
      ]),
      "Questions a day. Mon 2 Mar: 1,200 answered, 34 failed. Tue 3 Mar: none.",
    );
  });

  it("is short enough for Discord's descriptions: 1,024 characters", () => {
    const busy = WEEK.map(({ day }) => ({ day, exchanges: 9_999_999_999, failed: 1_111_111_111 }));

    assert.ok(describeChart(busy).length <= 1_024);
  });
});
