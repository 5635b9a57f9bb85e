import type { Block, Content, Fields } from "./entities.ts";

type NameOf = (id: string) => string;

/** What a person reads: plain text, links as `[label](url)`, buttons as `[label]`, one line or more per block. */
export function renderMessage({ text, blocks }: Content, nameOf: NameOf): string {
  if (blocks.length === 0) return renderMrkdwn(text, nameOf);
  return blocks
    .map((block) => renderBlock(block, nameOf))
    .filter((line) => line !== "")
    .join("\n");
}

/** Slack's own markup as people see it. */
export function renderMrkdwn(text: string, nameOf: NameOf): string {
  const shown = text.replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, target: string, label?: string) => {
    if (target.startsWith("@")) return `@${nameOf(target.slice(1))}`;
    if (target.startsWith("#")) return `#${label ?? target.slice(1)}`;
    if (target.startsWith("!subteam^")) return label ?? `@${target.slice("!subteam^".length)}`;
    if (target.startsWith("!date^")) return label ?? target;
    if (target.startsWith("!")) return `@${target.slice(1)}`;
    return label === undefined ? target : `[${label}](${target})`;
  });
  return shown.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function renderBlock(block: Block, nameOf: NameOf): string {
  const all = (items: unknown, between: string): string =>
    fieldsOf(items)
      .map((item) => renderElement(item, nameOf))
      .filter((piece) => piece !== "")
      .join(between);
  switch (block.type) {
    case "markdown":
      return String(block["text"]).replace(/<@(\w+)>/g, (_, id: string) => `@${nameOf(id)}`);
    case "divider":
      return "---";
    case "section":
      return [all([block["text"]], ""), all(block["fields"], "\n"), all([block["accessory"]], "")]
        .filter((piece) => piece !== "")
        .join("\n");
    case "header":
      return all([block["text"]], "");
    case "image":
      return renderElement(block, nameOf);
    case "input":
      return `${all([block["label"]], "")}: ${all([block["element"]], "")}`;
    case "context":
    case "actions":
    case "context_actions":
      return all(block["elements"], " ");
    case "rich_text":
      return all(block["elements"], "\n");
    case "table":
      return rowsOf(block["rows"])
        .map((row) => row.map((cell) => renderElement(cell, nameOf)).join(" | "))
        .join("\n");
    default:
      return `(${block.type})`;
  }
}

/** A text object, an element of a block, or a piece of rich text. */
function renderElement(element: Fields, nameOf: NameOf): string {
  const text = element["text"];
  const children = (): string =>
    fieldsOf(element["elements"])
      .map((child) => renderElement(child, nameOf))
      .join("");
  switch (element["type"]) {
    case "mrkdwn":
      return renderMrkdwn(String(text), nameOf);
    case "plain_text":
    case "raw_text":
    case "text":
      return String(text);
    case "user":
      return `@${nameOf(String(element["user_id"]))}`;
    case "link":
      return typeof text === "string" ? `[${text}](${String(element["url"])})` : String(element["url"]);
    case "image":
      return `(image: ${String(element["alt_text"])})`;
    case "button":
    case "icon_button":
      return `[${renderElement(text as Fields, nameOf)}]`;
    case "feedback_buttons":
      return ["positive_button", "negative_button"]
        .map((name) => `[${renderElement((element[name] as Fields)["text"] as Fields, nameOf)}]`)
        .join(" ");
    case "checkboxes":
      return optionsOf(element)
        .map(({ label, isChosen }) => `[${isChosen ? "x" : " "}] ${label}`)
        .join(" ");
    case "rich_text_list":
      return fieldsOf(element["elements"])
        .map((item) => `• ${renderElement(item, nameOf)}`)
        .join("\n");
    case "rich_text":
    case "rich_text_section":
    case "rich_text_quote":
    case "rich_text_preformatted":
      return children();
    default:
      return `(${String(element["type"])})`;
  }
}

function optionsOf(element: Fields): { readonly label: string; readonly isChosen: boolean }[] {
  const chosen = fieldsOf(element["initial_options"]).map((option) => option["value"]);
  return fieldsOf(element["options"]).map((option) => ({
    label: String((option["text"] as Fields)["text"]),
    isChosen: chosen.includes(option["value"]),
  }));
}

function fieldsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter((item): item is Fields => typeof item === "object" && item !== null) : [];
}

function rowsOf(value: unknown): Fields[][] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}
