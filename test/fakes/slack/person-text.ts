import type { Block, Fields } from "./entities.ts";

/** What people type, as Slack writes it down: `& < >` escaped, addresses in `<…>`; tokens such as `<@U1>` stay. */
export function writtenBy(typed: string): string {
  return pieces(typed)
    .map((piece) => (piece.isToken ? piece.text : escape(piece.text)))
    .join("")
    .replace(/(?<![<|])\bhttps?:\/\/[^\s<>|]+/g, (url) => `<${url}>`);
}

/** The same as the `rich_text` block that comes with every message a person writes. */
export function richTextOf(typed: string): Block[] {
  const elements = pieces(typed).map(({ text, isToken }): Fields => {
    if (!isToken) return { type: "text", text };
    if (text.startsWith("<@")) return { type: "user", user_id: text.slice(2, -1) };
    if (text.startsWith("<#")) return { type: "channel", channel_id: text.slice(2, -1) };
    return { type: "broadcast", range: text.slice(2, -1) };
  });
  return [{ type: "rich_text", elements: [{ type: "rich_text_section", elements }] }];
}

function pieces(typed: string): { readonly text: string; readonly isToken: boolean }[] {
  return typed
    .split(/(<(?:@U\w+|#C\w+|!\w+)>)/)
    .filter((text) => text !== "")
    .map((text) => ({ text, isToken: /^<[@#!]\w+>$/.test(text) }));
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
