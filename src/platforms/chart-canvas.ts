import { encode } from "fast-png";

/** Red, green, blue from 0 to 255; how opaque from 0 to 1. */
export type Color = readonly [red: number, green: number, blue: number, opacity: number];

/** How far a place is from the shape's edge, in points: negative within. */
export type Shape = (x: number, y: number) => number;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Canvas {
  /** Paints the part of the shape that is in the box, edges smoothed. */
  fill(shape: Shape, box: Box, color: Color): void;
  toPng(): Uint8Array;
}

export type Point = readonly [x: number, y: number];

/** A transparent canvas; sizes are in points of `scale` × `scale` pixels. */
export function createCanvas(width: number, height: number, scale: number): Canvas {
  const columns = width * scale;
  const rows = height * scale;
  const data = new Uint8Array(columns * rows * 4);

  return {
    fill(shape, box, color) {
      const right = Math.min(columns, Math.ceil(box.right * scale));
      const bottom = Math.min(rows, Math.ceil(box.bottom * scale));
      for (let row = Math.max(0, Math.floor(box.top * scale)); row < bottom; row += 1) {
        for (let column = Math.max(0, Math.floor(box.left * scale)); column < right; column += 1) {
          const distance = shape((column + 0.5) / scale, (row + 0.5) / scale) * scale;
          blend(data, (row * columns + column) * 4, color, Math.min(1, Math.max(0, 0.5 - distance)));
        }
      }
    },

    toPng: () => encode({ width: columns, height: rows, data, channels: 4 }),
  };
}

/** Source over destination, neither premultiplied. */
function blend(data: Uint8Array, offset: number, color: Color, coverage: number): void {
  const above = color[3] * coverage;
  if (above === 0) return;
  const below = ((data[offset + 3] ?? 0) / 255) * (1 - above);
  const alpha = above + below;
  const mixed = (value: number, old = 0): number => Math.round((value * above + old * below) / alpha);
  data[offset] = mixed(color[0], data[offset]);
  data[offset + 1] = mixed(color[1], data[offset + 1]);
  data[offset + 2] = mixed(color[2], data[offset + 2]);
  data[offset + 3] = Math.round(alpha * 255);
}

export function roundedBox({ left, top, right, bottom }: Box, radius: number): Shape {
  const centerX = (left + right) / 2;
  const centerY = (top + bottom) / 2;
  return (x, y) => {
    const beyondX = Math.abs(x - centerX) - (right - left) / 2 + radius;
    const beyondY = Math.abs(y - centerY) - (bottom - top) / 2 + radius;
    const outside = Math.hypot(Math.max(beyondX, 0), Math.max(beyondY, 0));
    return outside + Math.min(Math.max(beyondX, beyondY), 0) - radius;
  };
}

/** Lines drawn with a round pen. */
export function penLines(lines: readonly (readonly Point[])[], penWidth: number): Shape {
  const segments = lines.flatMap((line) => line.slice(1).map((to, index) => [line[index] ?? to, to] as const));
  return (x, y) => Math.min(...segments.map(([from, to]) => distanceTo(from, to, x, y))) - penWidth / 2;
}

function distanceTo([fromX, fromY]: Point, [toX, toY]: Point, x: number, y: number): number {
  const alongX = toX - fromX;
  const alongY = toY - fromY;
  const squared = alongX ** 2 + alongY ** 2;
  const share = squared === 0 ? 0 : ((x - fromX) * alongX + (y - fromY) * alongY) / squared;
  const nearest = Math.min(1, Math.max(0, share));
  return Math.hypot(x - fromX - nearest * alongX, y - fromY - nearest * alongY);
}
