import type { Cache } from "../../core/cache.ts";
import type { Inbox, Store } from "../../core/exchange.ts";
import type { Log } from "../../core/log.ts";
import type { Stats } from "../../core/stats.ts";
import type { TextsOf } from "./locale.ts";
import type { Workspaces } from "./workspaces.ts";

/** What everything in this folder that listens to Slack works with. */
export interface SlackParts {
  readonly inbox: Inbox;
  readonly store: Store;
  readonly stats: Stats;
  readonly cache: Pick<Cache, "clear">;
  /** Ids of people, `slack:U…`, who may clear the cache and change settings besides a workspace's own admins. */
  readonly admins: ReadonlySet<string>;
  readonly workspaces: Workspaces;
  readonly textsOf: TextsOf;
  readonly log: Log;
}
