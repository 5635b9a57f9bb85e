import { textIn, type Block, type Fields } from "./entities.ts";
import { Refusal } from "./refusal.ts";

/** All characters of all blocks together; Slack says `msg_blocks_too_long` beyond (slackapi/bolt-js#2509). */
const ALL_BLOCKS = 13_200;
/** A message's `blocks`, and again those among a stream's chunks (docs, *chat.stopStream*). */
const BLOCKS = 50;
/** Text of a `markdown` block, cumulative over a message (docs, *Markdown block*). */
export const MARKDOWN = 12_000;

type Check = (block: Fields) => string | undefined;

/** Per type of block: docs, *Block Kit reference*. */
const CHECKS: Readonly<Record<string, Check>> = {
  section: (block) =>
    (block["text"] === undefined && block["fields"] === undefined ? "section without text or fields" : undefined) ??
    tooLong("section.text", textOf(block["text"]), 3000) ??
    tooMany("section.fields", block["fields"], 10) ??
    first(listOf(block["fields"]), (field) => tooLong("section.fields.text", textOf(field), 2000)),
  header: (block) =>
    (typeOf(block["text"]) === "plain_text" ? undefined : "header.text is not plain_text") ??
    tooLong("header.text", textOf(block["text"]), 150),
  context: (block) =>
    needs("context.elements", block["elements"]) ?? tooMany("context.elements", block["elements"], 10),
  actions: (block) =>
    needs("actions.elements", block["elements"]) ?? tooMany("actions.elements", block["elements"], 25),
  context_actions: (block) =>
    needs("context_actions.elements", block["elements"]) ?? tooMany("context_actions.elements", block["elements"], 5),
  markdown: (block) =>
    (typeof block["text"] === "string" && block["text"] !== "" ? undefined : "markdown without text") ??
    tooLong("markdown.text", textIn(block["text"]), MARKDOWN),
  table: (block) =>
    tooMany("table.rows", block["rows"], 100) ?? first(listOf(block["rows"]), (row) => tooMany("table.row", row, 20)),
  image: (block) =>
    (typeof block["image_url"] === "string" || block["slack_file"] !== undefined ? undefined : "image without url") ??
    (typeof block["alt_text"] === "string" ? undefined : "image without alt_text") ??
    tooLong("image.image_url", textIn(block["image_url"]), 3000) ??
    tooLong("image.alt_text", textIn(block["alt_text"]), 2000),
  data_table: (block) => tooLong("data_table", JSON.stringify(block), 10_000),
  divider: () => undefined,
  rich_text: (block) => needs("rich_text.elements", block["elements"]),
  input: (block) =>
    (block["element"] === undefined ? "input without element" : undefined) ??
    tooLong("input.label", textOf(block["label"]), 2000),
  task_card: () => undefined,
  plan: () => undefined,
};

const TOTAL_MARKDOWN = MARKDOWN;

/** @throws {Refusal} in Slack's words, when it would not take these blocks as one message's. */
export function checkBlocks(blocks: readonly Block[]): void {
  if (blocks.length > BLOCKS) throw invalid(`no more than ${BLOCKS} items allowed`);
  const ids = new Set<unknown>();
  for (const block of blocks) {
    const fault = CHECKS[block.type] === undefined ? `unsupported type: ${block.type}` : faultOf(block);
    if (fault !== undefined) throw invalid(fault);
    if (block["block_id"] !== undefined && ids.has(block["block_id"])) throw invalid("block_id already exists");
    ids.add(block["block_id"]);
  }
  checkTotal(blocks);
}

/** @throws {Refusal} `msg_blocks_too_long` */
export function checkTotal(blocks: readonly Block[]): void {
  const characters = charactersOf(blocks);
  if (characters > ALL_BLOCKS) throw new Refusal("msg_blocks_too_long", `${characters} characters in all blocks`);
  const markdown = blocks.filter(({ type }) => type === "markdown").reduce((sum, block) => sum + lengthOf(block), 0);
  if (markdown > TOTAL_MARKDOWN) throw new Refusal("msg_too_long", `${markdown} characters in markdown blocks`);
}

function lengthOf(block: Block): number {
  return textIn(block["text"]).length;
}

function faultOf(block: Block): string | undefined {
  const fault =
    CHECKS[block.type]?.(block) ??
    (block["block_id"] === undefined ? undefined : tooLong("block_id", textIn(block["block_id"]), 255));
  return fault ?? first([...listOf(block["elements"]), block["accessory"], block["element"]], elementFault);
}

function elementFault(element: unknown): string | undefined {
  if (typeof element !== "object" || element === null) return undefined;
  const fields = element as Fields;
  const id = tooLong("action_id", textIn(fields["action_id"]), 255);
  if (fields["type"] === "button") {
    return (
      id ??
      (typeOf(fields["text"]) === "plain_text" ? undefined : "button.text is not plain_text") ??
      tooLong("button.text", textOf(fields["text"]), 75) ??
      tooLong("button.value", textIn(fields["value"]), 2000) ??
      tooLong("button.url", textIn(fields["url"]), 3000) ??
      confirmFault(fields["confirm"])
    );
  }
  if (fields["type"] === "checkboxes") return id ?? optionsFault(fields);
  if (fields["type"] === "feedback_buttons") {
    return first([fields["positive_button"], fields["negative_button"]], (button) => {
      if (typeof button !== "object" || button === null) return "feedback_buttons without both buttons";
      const { text, value } = button as Fields;
      return tooLong("feedback.text", textOf(text), 75) ?? tooLong("feedback.value", textIn(value), 2000);
    });
  }
  return id;
}

/** Docs, *Option object*. */
function optionsFault(fields: Fields): string | undefined {
  const options = listOf(fields["options"]) as Fields[];
  const initial = fields["initial_options"];
  return (
    needs("checkboxes.options", options) ??
    tooMany("checkboxes.options", options, 10) ??
    (initial === undefined ? undefined : needs("checkboxes.initial_options", initial)) ??
    first(options as unknown[], (option) => {
      const { text, description } = option as Fields;
      return tooLong("option.text", textOf(text), 75) ?? tooLong("option.description", textOf(description), 75);
    })
  );
}

/** Docs, *Confirmation dialog object*. */
function confirmFault(given: unknown): string | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  const { title, text, confirm, deny } = given as Fields;
  return (
    tooLong("confirm.title", textOf(title), 100) ??
    tooLong("confirm.text", textOf(text), 300) ??
    tooLong("confirm.confirm", textOf(confirm), 30) ??
    tooLong("confirm.deny", textOf(deny), 30)
  );
}

/** Characters people could read, which is what Slack adds up. */
function charactersOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + charactersOf(item), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === "text" && typeof item === "string" ? item.length : charactersOf(item)),
    0,
  );
}

function invalid(detail: string): Refusal {
  return new Refusal("invalid_blocks", detail, { response_metadata: { messages: [`[ERROR] ${detail}`] } });
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === "object" && value !== null ? textIn((value as Fields)["text"]) : "";
}

function typeOf(value: unknown): unknown {
  return typeof value === "object" && value !== null ? (value as Fields)["type"] : undefined;
}

function tooLong(name: string, text: string, limit: number): string | undefined {
  return text.length > limit ? `must be no more than ${limit} characters: ${name} has ${text.length}` : undefined;
}

function tooMany(name: string, value: unknown, limit: number): string | undefined {
  return listOf(value).length > limit ? `no more than ${limit} items allowed: ${name}` : undefined;
}

function needs(name: string, value: unknown): string | undefined {
  return listOf(value).length === 0 ? `missing required field: ${name}` : undefined;
}

function first<T>(items: readonly T[], check: (item: T) => string | undefined): string | undefined {
  return items.map(check).find((fault) => fault !== undefined);
}
