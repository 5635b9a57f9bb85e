import { everyComponent } from "./component-rules.ts";
import type { Attachment, Channel, Content, Fields } from "./entities.ts";
import type { ReplyBody } from "./message-rules.ts";
import { pingsIn, type Calling } from "./pings.ts";
import { Refusal } from "./refusal.ts";
import type { Upload } from "./route.ts";
import type { World } from "./world.ts";

type Body = Pick<ReplyBody, "content" | "embeds" | "components" | "attachments">;

/** What a message says once this body has been applied to it; what the body leaves out stays. */
export function compose(body: Body, files: readonly Upload[], world: World, before?: Content): Content {
  return {
    content: body.content === undefined ? (before?.content ?? "") : (body.content ?? ""),
    embeds: (body.embeds === undefined ? before?.embeds : body.embeds) ?? [],
    components: (body.components === undefined ? before?.components : body.components) ?? [],
    attachments: attachmentsOf(body.attachments, files, world, before?.attachments ?? []),
  };
}

/** Listed attachments are kept, or are files of this request; files that are not listed come along too. */
function attachmentsOf(
  listed: Body["attachments"],
  files: readonly Upload[],
  world: World,
  before: readonly Attachment[],
): Attachment[] {
  const kept = listed == null ? before : before.filter(({ id }) => listed.some((entry) => entry.id === id));
  const unknown = (listed ?? []).find(
    ({ id }) => !before.some((attachment) => attachment.id === id) && !files.some(({ key }) => key === id),
  );
  if (unknown !== undefined) throw new Refusal(50146);
  const added = files.map(({ key, name, size, contentType }): Attachment => {
    const entry = listed?.find(({ id }) => id === key);
    const description = entry?.description ?? undefined;
    return {
      id: world.nextId(),
      name: entry?.filename ?? name,
      size,
      contentType,
      ...(description === undefined ? {} : { description }),
    };
  });
  return [...kept, ...added];
}

/** Whom a message by this author calls in this channel. */
export function callsOf(
  { content, components }: Pick<Content, "content" | "components">,
  {
    world,
    channel,
    author,
    ...calling
  }: Omit<Calling, "text" | "mayCallAll" | "openRoles"> & {
    readonly world: World;
    readonly channel: Channel;
    readonly author: string;
  },
): string[] {
  const roles = world.guilds.get(channel.guild ?? "")?.roles.values() ?? [];
  const openRoles = new Set([...roles].filter(({ isMentionable }) => isMentionable).map(({ id }) => id));
  const mayCallAll = channel.guild !== undefined && world.may(author, channel, "MENTION_EVERYONE");
  return pingsIn({ ...calling, text: [content, ...textsIn(components)].join("\n"), mayCallAll, openRoles });
}

function textsIn(components: readonly Fields[]): string[] {
  return everyComponent(components).flatMap(({ content }) => (typeof content === "string" ? [content] : []));
}
