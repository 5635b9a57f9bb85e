import { penLines, type Canvas, type Color, type Point } from "./chart-canvas.ts";

/** From the top of a capital to the line it stands on, in the units of the glyphs. */
const CAPITAL = 6;
const LETTER_GAP = 1.7;
const PEN = 0.85;

/**
 * The letters that a chart needs, as lines of a pen: each pair of digits is a place, right and down from the top left of the letter;
 * a space lifts the pen.
 */
const GLYPHS: Readonly<Record<string, string>> = {
  "0": "103041453616050110",
  "1": "011016",
  "2": "01103041420646",
  "3": "01103041423313 334445361605",
  "4": "36300444",
  "5": "400002324345361605",
  "6": "413010010516364543321203",
  "7": "004016",
  "8": "103041423313020110 133344453616050413",
  "9": "051636454130100103143443",
  ".": "0606",
  ",": "1607",
  B: "003041423303 334445360600",
  F: "400006 0333",
  K: "0006 4004 1246",
  M: "0600234046",
  S: "413010010213334445361605",
  T: "0040 2026",
  W: "0016325660",
  a: "122233352616050312 3236",
  d: "122233352616050312 3036",
  e: "04343322120305162635",
  f: "30201116 0222",
  h: "0006 0312223336",
  i: "0206 0000",
  l: "0006",
  n: "0206 0312223336",
  o: "122233352616050312",
  r: "0206 031222",
  s: "33221203142435261605",
  t: "10152636 0232",
  u: "0205162635 3236",
  w: "0216233642",
};

/** Width in points of a line of letters so high. */
export function lineWidth(text: string, height: number): number {
  const units = Array.from(text).reduce((sum, letter) => sum + widthOf(letter) + LETTER_GAP, -LETTER_GAP);
  return (units * height) / CAPITAL;
}

/** @param place left end of the line the letters stand on @param height of a capital, in points */
export function writeLine(canvas: Canvas, text: string, [left, bottom]: Point, height: number, color: Color): void {
  const unit = height / CAPITAL;
  const top = bottom - height;
  let x = left;
  for (const letter of text) {
    const start = x;
    const lines = linesOf(letter).map((line) =>
      line.map(([right, down]): Point => [start + right * unit, top + down * unit]),
    );
    x += (widthOf(letter) + LETTER_GAP) * unit;
    canvas.fill(
      penLines(lines, PEN * unit),
      { left: start - unit, top: top - unit, right: x, bottom: bottom + 2 * unit },
      color,
    );
  }
}

function linesOf(letter: string): Point[][] {
  const lines = (GLYPHS[letter] ?? "").split(" ");
  return lines.map((line) => Array.from(line.matchAll(/(\d)(\d)/g), ([, x, y]): Point => [Number(x), Number(y)]));
}

function widthOf(letter: string): number {
  return Math.max(0, ...linesOf(letter).flatMap((line) => line.map(([x]) => x)));
}
