import type { UsageFigures } from "../core/exchange.ts";
import { createCanvas, roundedBox, type Canvas, type Color } from "./chart-canvas.ts";
import { lineWidth, writeLine } from "./chart-lettering.ts";

type Day = UsageFigures["perDay"][number];

/** Points, as are all measures below; platforms show the image about so large, often on screens of two pixels a point. */
const WIDTH = 600;
const HEIGHT = 200;
const PIXELS_PER_POINT = 2;

const LEGEND_BOTTOM = 20;
/** Where the highest bar ends; its number stands above it. */
const BARS_TOP = 56;
const GROUND = 166;
const DAYS_BOTTOM = 188;
const LETTERS = 12;
const MAX_BAR_WIDTH = 44;
const RADIUS = 4;
/** What is not nothing is seen, however little it is. */
const LEAST_HEIGHT = 3;

/** As far from white as from the dark backgrounds of Slack and Discord: at least 3:1 (WCAG 2, 1.4.11) on either. */
const ANSWERED: Color = [58, 130, 224, 1];
const FAILED: Color = [226, 84, 60, 1];
const TEXT: Color = [124, 128, 135, 1];
const LINE: Color = [124, 128, 135, 0.6];

/** Answered and failed questions a day as bars: a PNG of 1,200 × 400 pixels, transparent, for light and dark backgrounds. */
export function drawChart(perDay: readonly Day[]): Uint8Array {
  const canvas = createCanvas(WIDTH, HEIGHT, PIXELS_PER_POINT);
  drawLegend(canvas);
  const most = Math.max(1, ...perDay.map(({ exchanges }) => exchanges));
  const slot = WIDTH / perDay.length;
  for (const [index, day] of perDay.entries()) drawDay(canvas, day, { middle: (index + 0.5) * slot, slot, most });
  const ground = { left: 0, top: GROUND, right: WIDTH, bottom: GROUND + 1 };
  canvas.fill(roundedBox(ground, 0), ground, LINE);
  return canvas.toPng();
}

/** The chart in words, for whoever does not see it. */
export function describeChart(perDay: readonly Day[]): string {
  const days = perDay.map((day) => {
    const counts =
      day.exchanges === 0
        ? "none"
        : `${numbers.format(answeredOf(day))} answered, ${numbers.format(day.failed)} failed`;
    return `${dates.format(new Date(day.day))}: ${counts}.`;
  });
  return ["Questions a day.", ...days].join(" ");
}

const numbers = new Intl.NumberFormat("en");
const shortNumbers = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const dates = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
const weekdays = new Intl.DateTimeFormat("en", { weekday: "short", timeZone: "UTC" });

function answeredOf({ exchanges, failed }: Day): number {
  return exchanges - failed;
}

function drawLegend(canvas: Canvas): void {
  let x = 12;
  for (const [name, color] of [
    ["answered", ANSWERED],
    ["failed", FAILED],
  ] as const) {
    const swatch = { left: x, top: LEGEND_BOTTOM - LETTERS, right: x + LETTERS, bottom: LEGEND_BOTTOM };
    canvas.fill(roundedBox(swatch, 3), swatch, color);
    writeLine(canvas, name, [x + 20, LEGEND_BOTTOM], LETTERS, TEXT);
    x += 20 + lineWidth(name, LETTERS) + 24;
  }
}

interface Place {
  readonly middle: number;
  /** Width a day has, its bar and the space around it. */
  readonly slot: number;
  /** Questions on the day with the highest bar. */
  readonly most: number;
}

function drawDay(canvas: Canvas, day: Day, { middle, slot, most }: Place): void {
  const failedTop = GROUND - heightOf(day.failed, most);
  const top = failedTop - heightOf(answeredOf(day), most);
  const width = Math.min(MAX_BAR_WIDTH, slot * 0.6);
  const bar = { left: middle - width / 2, top, right: middle + width / 2, bottom: GROUND };
  // Round above, straight on the ground.
  const shape = roundedBox({ ...bar, bottom: GROUND + RADIUS }, Math.min(RADIUS, GROUND - top));
  canvas.fill(shape, { ...bar, bottom: failedTop }, ANSWERED);
  canvas.fill(shape, { ...bar, top: failedTop }, FAILED);
  writeCentered(canvas, shortNumbers.format(day.exchanges), middle, top - 6);
  writeCentered(canvas, weekdays.format(new Date(day.day)), middle, DAYS_BOTTOM);
}

/** In whole points, so that the two parts of a bar meet between pixels. */
function heightOf(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(LEAST_HEIGHT, Math.round(((GROUND - BARS_TOP) * count) / most));
}

function writeCentered(canvas: Canvas, text: string, middle: number, bottom: number): void {
  writeLine(canvas, text, [middle - lineWidth(text, LETTERS) / 2, bottom], LETTERS, TEXT);
}
