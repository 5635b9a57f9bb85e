/** A message's mrkdwn as the words its author sees: entities decoded, links by their labels (a question is no list of addresses). */
export function toPlainText(mrkdwn: string): string {
  return mrkdwn
    .replaceAll(/<([^<>]*)>/g, (_, inner: string) => shown(inner))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function shown(entity: string): string {
  const bar = entity.indexOf("|");
  const target = bar === -1 ? entity : entity.slice(0, bar);
  const label = bar === -1 ? "" : entity.slice(bar + 1);
  const sigil = target.slice(0, 1);
  const name = target.slice(1);
  if (sigil === "@" || sigil === "#") return sigil + (label === "" ? name : label.replace(/^[@#]/, ""));
  if (label !== "") return label;
  return sigil === "!" ? `@${name.replace(/^subteam\^/, "")}` : target.replace(/^mailto:/, "");
}
