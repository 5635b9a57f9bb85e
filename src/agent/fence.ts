import type { Source } from "../core/article.ts";
import type { Said } from "../core/exchange.ts";

/** A source as the model reads it. Nothing inside can close the fence or look like another one. */
export function fence(n: number, source: Source): string {
  const attributes = [
    `n="${n}"`,
    `title="${escape(source.title)}"`,
    ...(source.section === "" ? [] : [`section="${escape(source.section)}"`]),
  ];
  return `<source ${attributes.join(" ")}>${escape(source.text)}</source>`;
}

/** What people said before a question, as the model reads it; `""` when nobody said anything. */
export function fenceThread(said: readonly Said[]): string {
  if (said.length === 0) return "";
  const messages = said.map(({ author, text }) => `<message by="${escape(author)}">${escape(text)}</message>`);
  return `<thread>\n${messages.join("\n")}\n</thread>`;
}

/** Title of the article that the asker chose. */
export function fenceSubject(title: string): string {
  return `<about title="${escape(title)}"/>`;
}

/** Text of a stranger in a place where only data stands. */
export function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
