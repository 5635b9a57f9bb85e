/** Invisible, and no place to break a line: what it stands in is text to read and no longer a command. */
const WORD_JOINER = "\u2060";

/** Text of a model or an article that can ping nobody, for Markdown: `<!channel>`, `<@U1>`, `<!subteam^S1>`, `@everyone`. */
export function neutralise(text: string): string {
  return text
    .replace(/<(?=\s*[!@#])/g, `<${WORD_JOINER}`)
    .replace(/@(?=(?:everyone|channel|here|group)\b)/gi, `@${WORD_JOINER}`);
}

/** The same for mrkdwn, where `& < >` are the only characters that need escaping (Slack, *Formatting message text*). */
export function escapeMrkdwn(text: string): string {
  return neutralise(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
