/** Invisible, and no place to break a line: what it stands in is text to read and no longer a command. */
const WORD_JOINER = "\u2060";

/** Text of a model or an article that can ping nobody and hides nothing: `@everyone`, `<@1>`, `<@&1>`, `<#1>`, `</ask:1>`, `||spoiler||`. Rows of tables keep their bars. */
export function neutralise(text: string): string {
  return text
    .replace(/<(?=\s*(?:[@#]|\/\w|id:))/g, `<${WORD_JOINER}`)
    .replace(/@(?=(?:everyone|here)\b)/gi, `@${WORD_JOINER}`)
    .replace(/^(?!\s*\|(?!\|)).*$/gm, (line) => line.replaceAll("||", `|${WORD_JOINER}|`));
}
