import { fold } from "./plain-text.ts";

/** A day, a month of a year, a day of any year, or a month alone. */
export interface CalendarDate {
  readonly year?: string | undefined;
  readonly month: number;
  readonly day?: number | undefined;
}

/** What a written date can mean: `3/5/1856` is the third of May or the fifth of March. */
export type DateReadings = readonly CalendarDate[];

export interface DatesAndRest {
  readonly dates: readonly DateReadings[];
  /** The text with blanks where dates stood. */
  readonly rest: string;
}

/** Finds the dates in a plain text, and takes them out of it. */
export function takeDates(text: string): DatesAndRest {
  const dates: DateReadings[] = [];
  const read = (whole: string, readings: DateReadings): string => {
    const valid = readings.filter(isPossible);
    if (valid.length === 0) return whole;
    dates.push(valid);
    return ", ";
  };
  const rest = text
    .replace(/(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/g, (whole, y: string, m: string, d: string) =>
      read(whole, [dateOf(y, m, d)]),
    )
    .replace(
      /(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)/g,
      (whole, a: string, sign: string, b: string, y: string) =>
        read(whole, sign === "." ? [dateOf(y, b, a)] : [dateOf(y, b, a), dateOf(y, a, b)]),
    )
    .replace(
      /(?:(?<!\d)(\d{3,4}) ?[年년] ?)?(?<!\d)(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日号號일])?/g,
      (whole, y: string | undefined, m: string, d: string | undefined) => read(whole, [dateOf(y, m, d)]),
    );
  return takeNamedMonths(rest, dates);
}

/** Whether one of the readings stands in the passage, its year perhaps elsewhere in it. */
export function hasDate(keys: ReadonlySet<string>, years: { has(year: string): boolean }, date: DateReadings): boolean {
  return date.some(
    ({ year, month, day }) =>
      keys.has(keyOf(year, month, day)) ||
      (year !== undefined && years.has(year) && keys.has(`~${keyOf(undefined, month, day)}`)),
  );
}

/** All that a sentence may say of the date: `10 July 1856` is also July 1856, 10 July and July. `~` marks one without a year. */
export function keysOf({ year, month, day }: CalendarDate): string[] {
  const keys = [keyOf(undefined, month), keyOf(undefined, month, day), keyOf(year, month), keyOf(year, month, day)];
  return year === undefined ? [...keys, ...keys.map((key) => `~${key}`)] : keys;
}

function keyOf(year: string | undefined, month: number, day?: number): string {
  return `${year ?? ""}/${month}/${day ?? ""}`;
}

function dateOf(year: string | undefined, month: string, day: string | undefined): CalendarDate {
  return { year, month: Number(month), day: day === undefined ? undefined : Number(day) };
}

function isPossible({ month, day }: CalendarDate): boolean {
  return month >= 1 && month <= 12 && (day === undefined || (day >= 1 && day <= 31));
}

/** `10 July 1856`, `July 10th, 1856`, `10. Juli 1856`, `el 10 de julio de 1856`, `3-5 May`, `July 1856`, `July`. */
function takeNamedMonths(text: string, dates: DateReadings[]): DatesAndRest {
  let rest = "";
  let at = 0;
  for (const word of text.matchAll(/\p{L}{3,}/gu)) {
    const month = monthNames().get(fold(word[0]));
    if (month === undefined || word.index < at) continue;
    const before = DAYS_BEFORE.exec(text.slice(at, word.index));
    const after = (before === null ? DAYS_AND_YEAR_AFTER : YEAR_AFTER).exec(text.slice(word.index + word[0].length));
    const days = (before ?? after)?.groups ?? {};
    const year = after?.groups?.["year"];
    if (before === null && after === null && !isMonthAlone(word[0])) continue;
    for (const day of [days["from"], days["to"]].filter((one, i) => one !== undefined || (i === 0 && !days["to"]))) {
      dates.push([{ year, month, day: day === undefined ? undefined : Number.parseInt(day, 10) }]);
    }
    rest += `${text.slice(at, word.index - (before?.[0].length ?? 0))}, `;
    at = word.index + word[0].length + (after?.[0].length ?? 0);
  }
  return { dates, rest: rest + text.slice(at) };
}

const DAY = String.raw`(?:[012]?\d|3[01])(?:st|nd|rd|th|er|[.ºª])?`;
const RANGE = String.raw`(?:(?<from>${DAY})(?: ?- ?| to | and | bis | und | au | et | al? | y | e ))?(?<to>${DAY})`;
const DAYS_BEFORE = new RegExp(String.raw`(?<![\d.,:-])${RANGE} ?(?:of |de |d'|del )?$`, "iu");
const YEAR = String.raw`\.?,? ?(?:(?:of|de|del) )?(?<year>\d{3,4})(?![\d,.]*\d)`;
const YEAR_AFTER = new RegExp(`^${YEAR}`, "u");
const DAYS_AND_YEAR_AFTER = new RegExp(
  String.raw`^(?:\.? (?:the )?${RANGE}(?![\d:%]|[.,]\d)(?:${YEAR})?|${YEAR})`,
  "u",
);

/** `May` and `March` are words as well. */
function isMonthAlone(word: string): boolean {
  return /^\p{Lu}/u.test(word) && word.length > 3 && !["march", "mars"].includes(word.toLowerCase());
}

/** Languages whose months are known by name: those of large Wikipedias that write numbers and months as here. */
const LANGUAGES = "en de fr es it pt nl sv da nb fi pl cs hu ro tr id ru uk el".split(" ");

let names: ReadonlyMap<string, number> | undefined;

function monthNames(): ReadonlyMap<string, number> {
  names ??= readMonthNames();
  return names;
}

function readMonthNames(): Map<string, number> {
  const months = new Map<string, number>([["sept", 9]]);
  for (const language of LANGUAGES) {
    // With a day some languages inflect the month's name; short forms are too short to be trusted elsewhere.
    for (const style of [{ month: "long", day: "numeric" }, { month: language === "en" ? "short" : "long" }] as const) {
      const format = new Intl.DateTimeFormat(language, { ...style, timeZone: "UTC" });
      for (let month = 1; month <= 12; month += 1) {
        const parts = format.formatToParts(new Date(Date.UTC(2000, month - 1, 1)));
        const name = fold(parts.find(({ type }) => type === "month")?.value ?? "");
        if (!months.has(name)) months.set(name, month);
      }
    }
  }
  return months;
}
