const UNITS = ["B", "K", "M", "G", "T"] as const;

/** Bytes as Redis writes them for people: powers of 1,024 with one decimal, "0B", "1.2M". */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), UNITS.length - 1);
  const unit = UNITS[power] ?? "B";
  return power === 0 ? `${Math.round(bytes)}${unit}` : `${(bytes / 1024 ** power).toFixed(1)}${unit}`;
}
