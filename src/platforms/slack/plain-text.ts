/**
 * A message's mrkdwn as the words its author sees: entities decoded, links by their labels (a question is no list of addresses).
 * @param nameOf what a person is called who is mentioned by an id alone; default: the id
 */
export function toPlainText(mrkdwn: string, nameOf: (user: string) => string = (user) => user): string {
  return mrkdwn
    .replaceAll(/<([^<>]*)>/g, (_, inner: string) => shown(inner, nameOf))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function shown(entity: string, nameOf: (user: string) => string): string {
  const bar = entity.indexOf("|");
  const target = bar === -1 ? entity : entity.slice(0, bar);
  const label = bar === -1 ? "" : entity.slice(bar + 1);
  const sigil = target.slice(0, 1);
  const name = target.slice(1);
  if (label !== "") return sigil === "@" || sigil === "#" ? sigil + label.replace(/^[@#]/, "") : label;
  if (sigil === "@") return `@${nameOf(name)}`;
  if (sigil === "#") return target;
  return sigil === "!" ? `@${name.replace(/^subteam\^/, "")}` : target.replace(/^mailto:/, "");
}
