import { z } from "zod";
import type { Store } from "../../core/exchange.ts";
import type { Log } from "../../core/log.ts";
import { inTime } from "./in-time.ts";

const idSchema = z.string().regex(/^\d{1,21}$/);

const guildSettings = z.object({
  /** BCP 47, of the wiki to ask. Default: the one Footnote is set to. */
  language: z.string().optional(),
  /** Channels Footnote answers in, their threads included; `[]` for all. */
  channels: z.array(idSchema).default([]),
  /** Channels in whose threads follow-ups need a mention, too. */
  mentionOnly: z.array(idSchema).default([]),
  /** Where a mention is answered: in a thread made from it, or below it. */
  answers: z.enum(["thread", "reply"]).default("thread"),
  /** Questions a minute, by role. Of a member's roles the highest counts. */
  perMinute: z.record(idSchema, z.int().min(1).max(1_000)).default({}),
});

/** What the managers of a server have chosen for it. */
export type GuildSettings = Readonly<z.infer<typeof guildSettings>>;

/** Of direct messages, and of servers where nobody has chosen anything. */
const USUAL: GuildSettings = guildSettings.parse({});

/** So long another replica's change may go unnoticed. */
const REMEMBERED_MS = 5_000;
const REMEMBERED_GUILDS = 1_000;

export interface AllGuildSettings {
  /** Remembered for some seconds, so that it may be asked of every message. @throws {Failure} `store-unavailable` */
  of(guild: string | null | undefined): Promise<GuildSettings>;
  /** As `of`, in time for the first response to an interaction: as if nothing were set while the database is away. */
  soon(guild: string | undefined): Promise<GuildSettings>;
  /** Replaces them by what `change` makes of them. @param author id of the person, `discord:…` @throws {Failure} `store-unavailable` */
  change(guild: string, change: (before: GuildSettings) => GuildSettings, author: string): Promise<GuildSettings>;
}

export function createGuildSettings({
  store,
  log,
}: {
  readonly store: Pick<Store, "settings" | "saveSettings">;
  readonly log: Log;
}): AllGuildSettings {
  const remembered = new Map<string, { readonly settings: GuildSettings; readonly until: number }>();

  async function read(guild: string): Promise<GuildSettings> {
    return guildSettings.safeParse(await store.settings(placeOf(guild))).data ?? USUAL;
  }

  function remember(guild: string, settings: GuildSettings): GuildSettings {
    if (remembered.size >= REMEMBERED_GUILDS) remembered.clear();
    remembered.set(guild, { settings, until: Date.now() + REMEMBERED_MS });
    return settings;
  }

  async function of(guild: string | null | undefined): Promise<GuildSettings> {
    if (guild === null || guild === undefined) return USUAL;
    const known = remembered.get(guild);
    return known !== undefined && known.until > Date.now() ? known.settings : remember(guild, await read(guild));
  }

  return {
    of,

    soon: (guild) =>
      inTime(of(guild)).catch((error: unknown) => {
        log.warn({ err: error, guild }, "settings not read");
        return USUAL;
      }),

    async change(guild, change, author) {
      const settings = change(await read(guild));
      await store.saveSettings(placeOf(guild), settings, author);
      return remember(guild, settings);
    },
  };
}

function placeOf(guild: string): string {
  return `discord:${guild}`;
}

/** Questions a minute of somebody with these roles; `undefined` when none has a limit of its own. */
export function limitOf({ perMinute }: GuildSettings, roles: readonly string[]): number | undefined {
  const limits = roles.flatMap((role) => perMinute[role] ?? []);
  return limits.length === 0 ? undefined : Math.max(...limits);
}

/** @param channels a channel, and the one it is a thread of */
export function isAllowedIn(settings: GuildSettings, channels: readonly (string | undefined)[]): boolean {
  return settings.channels.length === 0 || settings.channels.some((one) => channels.includes(one));
}

/** As a person sees them. */
export function mentionsOf(channels: readonly string[]): string {
  return channels.map((id) => `<#${id}>`).join(" ");
}
