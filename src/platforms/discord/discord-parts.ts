import type { Cache } from "../../core/cache.ts";
import type { Inbox, Store } from "../../core/exchange.ts";
import type { Log } from "../../core/log.ts";
import type { Stats } from "../../core/stats.ts";
import type { DiscordApi } from "./discord-api.ts";

/** Titles of articles that begin so, best first. May answer with an error, or late. */
export type Suggest = (prefix: string, language: string | undefined, signal: AbortSignal) => Promise<readonly string[]>;

/** What everything in this folder that listens to Discord works with. */
export interface DiscordParts {
  readonly inbox: Inbox;
  readonly store: Store;
  readonly stats: Stats;
  readonly cache: Pick<Cache, "clear">;
  /** Ids of people, `discord:…`, who may clear the cache and change settings besides a server's own managers. */
  readonly admins: ReadonlySet<string>;
  readonly suggest?: Suggest | undefined;
  /** Where commands are registered. Default: everywhere. */
  readonly guildId: string | undefined;
  readonly api: DiscordApi;
  /** Known once Discord can be reached. */
  readonly identity: Promise<Identity>;
  /** Ends all waiting when nothing new is to be taken any more. */
  readonly stopping: AbortSignal;
  readonly log: Log;
}

/** Who Footnote is. */
export interface Identity {
  /** Of the bot. */
  readonly user: string;
  readonly application: string;
}
