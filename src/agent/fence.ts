import type { Source } from "../core/article.ts";

/** A source as the model reads it. Nothing inside can close the fence or look like another one. */
export function fence(n: number, source: Source): string {
  const attributes = [
    `n="${n}"`,
    `title="${escape(source.title)}"`,
    ...(source.section === "" ? [] : [`section="${escape(source.section)}"`]),
  ];
  return `<source ${attributes.join(" ")}>${escape(source.text)}</source>`;
}

/** Text of a wiki in a place where only data stands. */
export function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
