/**
 * `Footnote/1.2.3 (ops@example.org) node/24.1.0`, as Wikimedia's User-Agent policy wants it. Without the operator's contact
 * Wikimedia counts the sender as unidentified and allows 10 requests a minute in place of 200.
 * @param contact the operator's e-mail or URL
 */
export function userAgent({ version, contact }: { readonly version: string; readonly contact?: string }): string {
  const who = contact === undefined || contact.trim() === "" ? "" : ` (${headerSafe(contact.trim())})`;
  return `Footnote/${headerSafe(version)}${who} node/${process.versions.node}`;
}

/** Parentheses would end the comment early; anything beyond printable ASCII makes `fetch` refuse the header. */
function headerSafe(text: string): string {
  return text.replace(/[^\x20-\x7E]|[()\\]/g, "_");
}
