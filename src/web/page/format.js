const numbers = new Intl.NumberFormat("en");

/** @param {number} value */
export function format(value) {
  return numbers.format(value);
}

/** @param {number} ms */
export function duration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  return `${Math.round(ms / 60_000)} min`;
}

/** @param {number} count */
export function bytes(count) {
  return count < 1_048_576 ? `${Math.ceil(count / 1024)} KB` : `${format(Math.round(count / 1_048_576))} MB`;
}

/** @param {string | undefined} day */
export function dayText(day) {
  return day === undefined
    ? ""
    : new Date(day).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
}
