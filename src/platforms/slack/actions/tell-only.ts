import type { Log } from "../../../core/log.ts";
import type { MessageBody } from "../message-body.ts";
import type { Workspaces } from "../workspaces.ts";

export interface Listener {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  readonly threadTs: string | undefined;
}

/** Shows somebody a message that nobody else sees. In the background: nothing is lost with it, and no ack waits for it. */
export function tellOnly(
  { team, channel, user, threadTs }: Listener,
  body: Partial<MessageBody>,
  { workspaces, log }: { readonly workspaces: Pick<Workspaces, "api">; readonly log: Log },
): void {
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  workspaces
    .api(team)
    .ifFree("chat.postEphemeral", { channel, user, ...thread, ...body })
    .catch((error: unknown) => log.warn({ err: error, channel }, "not told"));
}
