import type { Channel, Content, Fields } from "./entities.ts";

/** Who and what an id names. */
interface Names {
  nameOf(user: string): string;
  readonly channels: ReadonlyMap<string, Pick<Channel, "name">>;
}

/** What a person reads: Markdown as it stands with names for ids, then embeds, files and components, each on lines of its own. */
export function renderMessage({ content, embeds, attachments, components }: Content, names: Names): string {
  return [
    withNames(content, names),
    ...embeds.map(renderEmbed),
    ...attachments.map(({ name }) => `(file: ${name})`),
    ...components.map((component) => renderComponent(component, names)),
  ]
    .filter((line) => line !== "")
    .join("\n");
}

export function withNames(text: string, names: Names): string {
  return text
    .replace(/<@!?(\d+)>/g, (_, id: string) => `@${names.nameOf(id)}`)
    .replace(/<#(\d+)>/g, (_, id: string) => `#${names.channels.get(id)?.name ?? "deleted-channel"}`);
}

function renderEmbed(embed: Fields): string {
  const title = linked(embed["title"], embed["url"]);
  const author = fieldsOf(embed["author"]);
  const footer = fieldsOf(embed["footer"]);
  const rows = listOf(embed["fields"]).map((row) => `${textOf(row["name"])}: ${textOf(row["value"])}`);
  const pictures = ["thumbnail", "image"].map((key) => fieldsOf(embed[key])["url"]);
  return [
    linked(author["name"], author["url"]),
    title,
    textOf(embed["description"]),
    ...rows,
    ...pictures.filter((url) => url !== undefined).map((url) => `(picture: ${textOf(url)})`),
    textOf(footer["text"]),
  ]
    .filter((line) => line !== "")
    .map((line) => line.replace(/^/gm, "| "))
    .join("\n");
}

/** Docs, *Component types*. */
function renderComponent(component: Fields, names: Names): string {
  const children = (between: string): string =>
    [...listOf(component["components"]), ...listOf([component["accessory"]])]
      .map((child) => renderComponent(child, names))
      .filter((piece) => piece !== "")
      .join(between);
  switch (component["type"]) {
    case 1:
      return children(" ");
    case 2:
      return renderButton(component);
    case 3:
      return renderSelect(component);
    case 9:
    case 17:
      return children("\n");
    case 10:
      return withNames(textOf(component["content"]), names);
    case 14:
      return "---";
    default:
      return `(component ${String(component["type"])})`;
  }
}

function renderButton(button: Fields): string {
  const emoji = textOf(fieldsOf(button["emoji"])["name"]);
  const label = [emoji, textOf(button["label"])].filter((piece) => piece !== "").join(" ");
  const shown = button["url"] === undefined ? `[${label}]` : `[${label}](${textOf(button["url"])})`;
  return button["disabled"] === true ? `${shown} (disabled)` : shown;
}

function renderSelect(select: Fields): string {
  const labels = listOf(select["options"]).map((option) => textOf(option["label"]));
  const shown = `[${textOf(select["placeholder"])} ▾ ${labels.join(" / ")}]`;
  return select["disabled"] === true ? `${shown} (disabled)` : shown;
}

function linked(label: unknown, url: unknown): string {
  if (label === undefined || label === null) return "";
  return url === undefined || url === null ? textOf(label) : `[${textOf(label)}](${textOf(url)})`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter((item): item is Fields => typeof item === "object" && item !== null) : [];
}
