/** Codes of large Wikipedias, which most other wikis use as well; any other code may be typed. */
const CODES =
  "en simple de fr es ja it pt ru zh nl pl sv uk ar fa he id tr vi ko cs fi no da hu ro el bg ca sr hr sk sl lt lv et hi bn ta te ml mr ur th ms tl sw eu gl cy ga is eo la af hy ka az kk uz";

export interface Language {
  readonly code: string;
  /** As shown to whoever looks for it: `German (de)`. */
  readonly name: string;
}

/** Languages whose name or code begins so, in the words of `locale`; the typed code itself where it is no other's. */
export function languagesLike(typed: string, locale: string): Language[] {
  const wanted = typed.trim().toLowerCase();
  const known = CODES.split(" ").map((code) => ({ code, name: nameOf(code, locale) }));
  const found = known.filter(
    ({ code, name }) => code.startsWith(wanted) || [name, nameOf(code, code)].some((one) => begins(one, wanted)),
  );
  const isNew = isLanguageCode(wanted) && !known.some(({ code }) => code === wanted);
  return isNew ? [...found, { code: wanted, name: wanted }] : found;
}

/** As `WIKI_LANGUAGE` takes it. */
export function isLanguageCode(text: string): boolean {
  return /^(?:simple|[a-z]{2,3}(?:-[a-z0-9]+)*)$/i.test(text);
}

function begins(name: string, wanted: string): boolean {
  return name.toLowerCase().startsWith(wanted);
}

function nameOf(code: string, locale: string): string {
  if (code === "simple") return "Simple English (simple)";
  return `${new Intl.DisplayNames([locale, "en"], { type: "language" }).of(code) ?? code} (${code})`;
}
