import type { Source } from "../core/article.ts";
import type { Said } from "../core/exchange.ts";

/** A source as the model reads it. Nothing inside can close the fence or look like another one. */
export function fence(n: number, source: Source): string {
  const attributes = [
    `n="${n}"`,
    `title=${quoted(source.title)}`,
    ...(source.section === "" ? [] : [`section=${quoted(source.section)}`]),
  ];
  return `<source ${attributes.join(" ")}>${inert(source.text)}</source>`;
}

/** What people said before a question, as the model reads it; `""` when nobody said anything. */
export function fenceThread(said: readonly Said[]): string {
  if (said.length === 0) return "";
  const messages = said.map(({ author, text }) => `<message by=${quoted(author)}>${inert(text)}</message>`);
  return `<thread>\n${messages.join("\n")}\n</thread>`;
}

/** Title of the article that the asker chose. */
export function fenceSubject(title: string): string {
  return `<about title=${quoted(title)}/>`;
}

/**
 * Text of a stranger in a place where only data stands: a bracket that would open or close a fence becomes another one. All else stays as
 * it is, for the model is to copy names as they stand: `AT&T`, `vector<int>`.
 */
export function inert(text: string): string {
  return text.replace(FENCE_BRACKET, "‹");
}

const FENCE_BRACKET = /<(?=[\s/]*(?:source|thread|message|about)(?![\p{L}\p{N}]))/giu;

/** The same as the value of an attribute. */
function quoted(text: string): string {
  return text.includes('"') ? `'${inert(text).replaceAll("'", "’")}'` : `"${inert(text)}"`;
}
