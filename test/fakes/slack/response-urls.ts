import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Announcer } from "./announcer.ts";
import type { Fields } from "./entities.ts";
import type { Files } from "./files.ts";
import { contentOf } from "./methods/chat.ts";
import { Refusal } from "./refusal.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import type { World } from "./world.ts";

/** Where a `response_url` leads. */
export interface Origin {
  readonly channel: string;
  readonly user: string;
  /** Id of the bot's user, whose words they will be. */
  readonly self: string;
  /** The message that was clicked, and its thread. */
  readonly ts?: string;
  readonly threadTs?: string;
}

/** Posts through one address, and its life (docs, *Handling user interaction*). */
const USES = 5;
const LIFE_MS = 30 * 60_000;

const bodySchema = z.looseObject({
  text: z.string().optional(),
  blocks: z.array(z.looseObject({ type: z.string() })).optional(),
  response_type: z.enum(["ephemeral", "in_channel"]).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
});

const KNOWN = [...Object.keys(bodySchema.shape), "unfurl_links", "unfurl_media", "mrkdwn", "metadata", "attachments"];

export interface ResponseUrls {
  /** The path of a new address. */
  issue(origin: Origin): string;
  /** @throws {Refusal} `used_url`, `expired_url` and what is wrong with the body */
  post(path: string, body: unknown, warn: (warning: string) => void): void;
  /** Shows what an app said in place of an empty ack. @throws {Refusal} */
  reply(origin: Origin, body: unknown, warn: (warning: string) => void): void;
}

export function createResponseUrls({
  world,
  clock,
  announcer,
  files,
}: {
  readonly world: World;
  readonly clock: VirtualClock;
  readonly announcer: Announcer;
  readonly files: Files;
}): ResponseUrls {
  const issued = new Map<string, { readonly origin: Origin; readonly at: number; uses: number }>();

  function reply(origin: Origin, given: unknown, warn: (warning: string) => void): void {
    const parsed = bodySchema.safeParse(given);
    if (!parsed.success) throw new Refusal("invalid_payload", parsed.error.issues[0]?.message);
    const unknown = Object.keys(parsed.data).filter((key) => !KNOWN.includes(key));
    if (unknown.length > 0) throw new Refusal("invalid_arguments", `response_url takes no ${unknown.join(", ")}`);
    const original = origin.ts === undefined ? undefined : world.message(origin.channel, origin.ts);
    if (parsed.data.delete_original === true && original !== undefined) {
      world.remove(original);
      announcer.deleted(original);
      return;
    }
    const said = contentOf(parsed.data, { warn, files, self: origin.self });
    if (parsed.data.replace_original === true && original !== undefined) {
      const message = world.revise(original, said, "edited");
      announcer.changed(message, original);
      return;
    }
    const thread = parsed.data.thread_ts ?? origin.threadTs;
    const message = world.post({
      channel: origin.channel,
      user: origin.self,
      ...said,
      ...(parsed.data.response_type === "in_channel" ? {} : { onlyFor: origin.user }),
      ...(thread === undefined ? {} : { threadTs: thread }),
    });
    announcer.posted(message);
  }

  return {
    reply,
    issue(origin) {
      const path = `/response/${randomUUID()}`;
      issued.set(path, { origin, at: clock.now(), uses: 0 });
      return path;
    },
    post(path, body, warn) {
      const address = issued.get(path);
      if (address === undefined) throw new Refusal("invalid_url", path);
      if (clock.now() - address.at > LIFE_MS) throw new Refusal("expired_url");
      if (address.uses >= USES) throw new Refusal("used_url");
      reply(address.origin, body, warn);
      address.uses += 1;
    },
  };
}

/** Whether an ack says something that people shall see. */
export function saysSomething(body: unknown): body is Fields {
  return typeof body === "object" && body !== null && ("text" in body || "blocks" in body);
}
