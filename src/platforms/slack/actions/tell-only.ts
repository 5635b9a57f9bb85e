import type { Log } from "../../../core/log.ts";
import type { TextsOf } from "../locale.ts";
import type { MessageBody } from "../message-body.ts";
import type { SlackTexts } from "../texts/slack-texts.ts";
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
  bodyIn: (texts: SlackTexts) => Partial<MessageBody>,
  {
    workspaces,
    textsOf,
    log,
  }: {
    readonly workspaces: Pick<Workspaces, "api">;
    readonly textsOf: TextsOf;
    readonly log: Log;
  },
): void {
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  async function tell(): Promise<void> {
    const body = bodyIn(await textsOf({ team, user }));
    await workspaces.api(team).ifFree("chat.postEphemeral", { channel, user, ...thread, ...body });
  }
  tell().catch((error: unknown) => log.warn({ err: error, channel }, "not told"));
}
