import { conversationTitle } from "../../core/conversation.ts";
import type { Log } from "../../core/log.ts";
import type { Heard } from "./inbound.ts";
import type { Workspaces } from "./workspaces.ts";

/** Names a thread of the agent view after the question that began it, in the background. Other threads have no title. */
export type NameThread = (heard: Pick<Heard, "place" | "message" | "isDirect">) => void;

export function createThreadTitles({
  workspaces,
  log,
}: {
  readonly workspaces: Pick<Workspaces, "api">;
  readonly log: Log;
}): NameThread {
  return ({ place: { team, channel, threadTs, questionTs }, message, isDirect }) => {
    if (!isDirect || threadTs !== questionTs) return;
    workspaces
      .api(team)
      .once("assistant.threads.setTitle", {
        channel_id: channel,
        thread_ts: threadTs,
        title: conversationTitle(message.text),
      })
      // Where the app has no agent view there is nothing to name.
      .catch((error: unknown) => log.debug({ err: error, channel }, "thread not named"));
  };
}
