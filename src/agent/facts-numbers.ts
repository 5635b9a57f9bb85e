import { withForeignDigits } from "./number-words.ts";
import { withDigits } from "./spelled-numbers.ts";

/** One way to read a number: its value in digits, and what it counts if a word or sign beside it says so. */
export interface Reading {
  readonly value: string;
  /** `""` when nothing known stands beside it. */
  readonly unit: string;
}

/** `1.856` is a thousand and more in one country, and one and a bit in another; the `5` of `5 or 6 million` is a million too. */
export type Quantity = readonly Reading[];

/** Units by value; under `""` no value, but the units that stand in the passage without a number, as in a table's head. */
export type Units = ReadonlyMap<string, ReadonlySet<string>>;

/** Whether a reading stands in the passage with the same unit, or, where that proves nothing, with none. */
export function hasQuantity(passage: Units, quantity: Quantity): boolean {
  return quantity.some(({ value, unit }) => {
    const units = passage.get(value);
    if (units === undefined) return false;
    if (units.has(unit)) return true;
    if (unit === "") return [...units].some((one) => !NEVER_BARE.has(one));
    if (unit === "th" && units.has("day")) return true;
    return units.has("") && (!NEVER_OMITTED.has(unit) || passage.get("")?.has(unit) === true);
  });
}

export function unitsOf(quantities: readonly Quantity[], alone: Iterable<string> = []): Map<string, Set<string>> {
  const units = new Map<string, Set<string>>([["", new Set(alone)]]);
  for (const { value, unit } of quantities.flat()) {
    const known = units.get(value);
    if (known === undefined) units.set(value, new Set([unit]));
    else known.add(unit);
  }
  return units;
}

/** `1850s` is no 1850, and the tenth of July no 10. */
const NEVER_BARE = new Set(["decade", "day"]);
/** A `5` without these beside it is no evidence for a `5` with them. */
const NEVER_OMITTED = new Set(["%", "‰", "$", "€", "£", "¥", "₹", "bc", "decade"]);

interface WrittenNumber {
  /** Without scale. */
  readonly values: readonly string[];
  readonly scale: number;
  readonly unit: string;
  readonly start: number;
  readonly end: number;
}

/** The numbers of a plain text without dates, and the units that stand in it without a number. */
export function quantitiesIn(text: string): { readonly quantities: Quantity[]; readonly alone: Set<string> } {
  const digits = withDigits(withForeignDigits(text));
  const written = [...digits.matchAll(NUMBER)].map((match) => writtenAt(digits, match));
  const quantities = written.map((one, i) => [
    ...readingsOf(one),
    ...fromNeighbour(digits, one, written[i + 1]),
    ...fromNeighbour(digits, one, written[i - 1]),
  ]);
  const rest = between(digits, written).join(" ");
  const words = rest.toLowerCase().match(/[%‰$€£¥₹]|\p{L}+/gu) ?? [];
  return { quantities, alone: new Set(words.map((word) => UNITS.get(word)).filter((unit) => unit !== undefined)) };
}

/** The pieces of the text outside these spans, which follow one another. */
function between(text: string, spans: readonly { readonly start: number; readonly end: number }[]): string[] {
  return [0, ...spans.map(({ end }) => end)].map((from, i) => text.slice(from, spans[i]?.start));
}

/** A number, with the sign and the currency in front of it. Groups of digits may be parted by points, commas, apostrophes, spaces. */
const NUMBER =
  /(?<minus>(?<![\p{L}\p{N})]|\p{N} )-|\bminus )?(?<currency>[$€£¥₹] ?)?(?<number>(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,']\d+)*(?:\^\d+)?)/giu;

function writtenAt(text: string, match: RegExpExecArray): WrittenNumber {
  const { minus, currency, number = "" } = match.groups ?? {};
  let end = match.index + match[0].length;
  let unit = UNITS.get(currency?.trim() ?? "") ?? "";
  let scale = 1;
  const suffix = /^(?:(st|nd|rd|th)|'?s)(?!\p{L})/u.exec(text.slice(end, end + 4));
  if (suffix !== null) {
    end += suffix[0].length;
    // `Apollo 1's` is no decade.
    if (suffix[1] !== undefined) unit = "th";
    else if (/\d0$/.test(number)) unit = "decade";
  }
  for (let word = wordAfter(text, end); word !== undefined; word = wordAfter(text, end)) {
    const power = SCALES.get(word.text) ?? (word.text === "m" && unit !== "" ? 1e6 : undefined);
    if (power !== undefined && scale === 1) scale = power;
    else if (UNITS.has(word.text) && unit === "") unit = UNITS.get(word.text)!;
    else if (!PASSED_OVER.has(word.text)) break;
    end = word.end;
  }
  const sign = minus === undefined ? "" : "-";
  return { values: valuesOf(number).map((value) => sign + value), scale, unit, start: match.index, end };
}

function wordAfter(text: string, from: number): { readonly text: string; readonly end: number } | undefined {
  const match = /^[ -]?([%‰$€£¥₹万萬億亿兆만억]|°[CF]|\p{L}+)\.?/u.exec(text.slice(from, from + 24));
  return match?.[1] === undefined ? undefined : { text: match[1].toLowerCase(), end: from + match[0].length };
}

function readingsOf({ values, scale, unit }: WrittenNumber): Reading[] {
  return values.map((value) => ({ value: scaled(value, scale), unit }));
}

const LINK = /^ ?(?:-|,? ?(?:to|and|or|bis|und|oder|à|et|ou|y|o|a|al|e|и|до)(?!\p{L}))? ?$/iu;

/** What the numbers of a range share is written once: `5-6 million`, `$5 to 6`, `1914-18`. */
function fromNeighbour(text: string, one: WrittenNumber, other: WrittenNumber | undefined): Reading[] {
  if (other === undefined) return [];
  const [first, last] = one.start < other.start ? [one, other] : [other, one];
  const link = text.slice(first.end, last.start);
  if (!LINK.test(link)) return [];
  const [century, end] = [first.values[0] ?? "", one.values[0] ?? ""];
  if (one === last && link === "-" && century.length === 4 && end.length === 2) {
    return [{ value: century.slice(0, 2) + end, unit: "" }];
  }
  if (other.scale === 1 && other.unit === "") return [];
  const unit = one.unit === "" ? other.unit : one.unit;
  return readingsOf({ ...one, unit, scale: one.scale === 1 && one === first ? other.scale : one.scale });
}

const GROUPED = /^\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*$/;
const GROUPED_IN_INDIA = /^\d{1,2}(?:,\d{2})+,\d{3}$/;
const GROUPED_WITH_DECIMALS = /^(\d{1,3}(?:([.,' ])\d{3})+|\d{1,2}(?:,\d{2})*,\d{3})(?!\2)[.,](\d+)$/;

function valuesOf(number: string): string[] {
  const long = GROUPED_WITH_DECIMALS.exec(number);
  if (long?.[1] !== undefined) return [canonical(`${long[1].replace(/\D/g, "")}.${long[3]}`)];
  const decimal = canonical(number.replace(",", "."));
  if (GROUPED_IN_INDIA.test(number)) return [number.replace(/\D/g, "")];
  if (!GROUPED.test(number)) return [decimal];
  const whole = canonical(number.replace(/\D/g, ""));
  return /^\d+[.,]\d+$/.test(number) ? [whole, decimal] : [whole];
}

/** `05` is 5, `2.50` is 2.5. */
function canonical(number: string): string {
  const bare = number.replace(/^0+(?=\d)/, "");
  return /^\d+\.\d+$/.test(bare) ? bare.replace(/\.?0+$/, "") : bare;
}

function scaled(value: string, scale: number): string {
  return scale === 1 || Number.isNaN(Number(value)) ? value : String(Number((Number(value) * scale).toPrecision(12)));
}

const table = <T>(rows: Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(Object.entries(rows).flatMap(([words, value]) => words.split(" ").map((word) => [word, value] as const)));

const SCALES = table({
  "thousand thousands tausend mille mil tys тыс тысяч": 1e3,
  lakh: 1e5,
  "million millions mio mln millionen millones milhões milioni milionów миллионов млн": 1e6,
  crore: 1e7,
  "billion billions bn mrd mld milliarden milliards miliardi миллиардов млрд": 1e9,
  "trillion trillions tn billionen billones": 1e12,
  "万 萬 만": 1e4,
  "億 亿 억": 1e8,
  兆: 1e12,
});

const UNITS = table({
  "% percent prozent procent pourcent процентов": "%",
  "‰ permille promille": "‰",
  "$ dollar dollars usd": "$",
  "€ euro euros eur": "€",
  "£ pound pounds gbp lb lbs": "£",
  "¥ yen yuan jpy cny": "¥",
  "₹ rupee rupees inr": "₹",
  "°c celsius": "°c",
  "°f fahrenheit": "°f",
  "km kilometre kilometres kilometer kilometers kilomètres kilometern": "km",
  "m metre metres meter meters mètres metern": "m",
  "mile miles mi": "mi",
  "foot feet ft": "ft",
  "inch inches": "in",
  "cm centimetres centimeters": "cm",
  "mm millimetres millimeters": "mm",
  "kg kilogram kilograms": "kg",
  "tonne tonnes ton tons": "t",
  "seconds sec": "s",
  "minute minutes min": "min",
  "hour hours": "h",
  "day days": "d",
  "week weeks": "week",
  "month months": "month",
  "year years": "year",
  "decade decades": "decades",
  "century centuries": "century",
  "bc bce": "bc",
  "ad ce": "ad",
});

/** Stands between a number and its unit: `5 square kilometres`, `$5 US`. */
const PASSED_OVER = new Set(["square", "sq", "cubic", "degrees", "us"]);
