interface Written {
  readonly content: string;
  readonly mentions: readonly {
    readonly id: string;
    readonly username: string;
    readonly global_name?: string | null | undefined;
  }[];
}

/** A message's text as the words its author sees: people by their names, emojis by theirs. */
export function toPlainText({ content, mentions }: Written): string {
  const names = new Map(mentions.map(({ id, global_name: name, username }) => [id, name ?? username]));
  return content
    .replaceAll(/<@!?(\d+)>/g, (mention, id: string) => (names.has(id) ? `@${names.get(id)}` : mention))
    .replaceAll(/<a?:(\w+):\d+>/g, ":$1:");
}
