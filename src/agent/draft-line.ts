/** The inside of a footnote mark: `3`, `1, 2`, `2-5`. */
export const LIST_OF_MARKS = String.raw`\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*`;

/** A model's line without links, addresses, tags and invisible characters, its footnotes written as `[n]`. Twice changes nothing more. */
export function tidy(line: string): string {
  const bare = line.replace(INVISIBLE, "").replace(DEFINITION, "").replace(LABEL, "").replace(RAISED, "[$1]");
  return withoutAddresses(withoutLinks(bare.replace(TAG, "")))
    .replace(OTHER_MARKS, (_, one?: string, other?: string, third?: string) => {
      return `[${(one ?? other ?? third ?? "").normalize("NFKC")}]`;
    })
    .replace(DOUBLED, "[$1]")
    .replace(EMPHASISED, "$2")
    .replace(/\[(\d{1,3})\]\s?[-–]\s?\[(\d{1,3})\]/g, "[$1-$2]")
    .replaceAll("](", "] (");
}

/** Characters that are not seen, and those that turn the direction of writing; Persian, Hindi and emoji need the two joiners. */
const INVISIBLE = /(?![\u200c\u200d])\p{Cf}|(?![\t])\p{Cc}/gu;

/** `**Answer:** Tesla was born…` */
const LABEL =
  /^\s*(?:\*\*|__)?(?:(?:final |short )?answer|antwort|réponse|respuesta|回答)\s*[:：](?:\*\*|__)?\s*(?=\S)/iu;

/** `<sup>1</sup>` */
const RAISED = /<sup>\s*\[?(\d{1,3})\]?\s*<\/sup>/giu;

/** `[1]: https://…`, where a link leads; `[^1]: Tesla, Early life`, what a footnote says. */
const DEFINITION = /^\s*(?:\[[^\]]+\]:\s*<?\S*[./:]\S*.*|\[\^?\d{1,3}\]:.*)$/;

/** HTML that shows or does something, and Slack's links and mentions. Of other angle brackets an article may speak: `vector<int>`. */
const TAG =
  /<\/?(?:a|abbr|b|base|br|button|code|div|em|embed|font|form|h[1-6]|hr|i|iframe|img|input|li|link|meta|object|ol|p|pre|s|script|span|strong|style|sub|sup|svg|table|td|th|tr|u|ul|video)\b[^>]*>|<(?:[a-z][a-z0-9+.-]*:|[!@#])[^>\s][^>]*>|<[^\s<>@]+@[^\s<>]+>/giu;

/** Links come from footnotes only: a model's own lead wherever an article told it. */
function withoutLinks(line: string): string {
  let text = line;
  for (let before = ""; text !== before;) {
    before = text;
    text = text.replace(LINK, (_, label: string) => (/^\d+$/.test(label) ? `[${label}]` : label));
  }
  return text.replace(/\[([^[\]]+)\]\s?\[(?!\s*\d)([^[\]]*)\]/g, "$1");
}

const LINK = /!?\[((?:[^[\]]|\[[^[\]]*\])*)\]\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g;

/** What a platform may show as a link. */
export const ADDRESS =
  /(?:(?<![\p{L}\p{N}])(?:[a-z][a-z0-9+.-]*:\/\/|www\.|(?:javascript|vbscript|data|mailto|tel):(?=\S))|(?<![\p{L}\p{N}-])(?<![\p{L}\p{N}]\.)(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}\/)(?:(?:[^\s<>[\]()]|\([^\s<>()]*\))*(?:[^\s<>[\]().,;:!?|*_]|\([^\s<>()]*\)))?/giu;

function withoutAddresses(line: string): string {
  return line.replace(ADDRESS, "\0").replace(/\s*\0(?=[.,;:!?])|\0/g, "");
}

/** `【1†source】`, `［1］`, `[^1]`, `[source 1]`, `[Source: 1]`, `\[1\]`. */
const OTHER_MARKS =
  /【(\d{1,3})[^】]{0,40}】|［([\d０-９]{1,3})］|\\?\[(?:[\^#]|(?:sources?|src|refs?|citations?|passages?|quelle|fuente)[ .:]+|n=|(?<=\\\[))(\d{1,3}(?:\s*,\s*\d{1,3})*)\^?\\?\]/giu;

/** `[[1]]`. */
const DOUBLED = new RegExp(String.raw`\[\[(${LIST_OF_MARKS})\]\]`, "g");

/** `**[1]**`. */
const EMPHASISED = new RegExp(String.raw`(?<![\p{L}\p{N}*_])(\*\*|__|[*_])((?:\[${LIST_OF_MARKS}\])+)\1`, "gu");
