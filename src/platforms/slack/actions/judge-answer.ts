import type { SlackParts } from "../slack-parts.ts";
import type { Reaction } from "./click.ts";

/** Keeps somebody's verdict on an answer; a later one takes its place. Slack itself shows nothing of it. */
export function judgeAnswer({ store }: Pick<SlackParts, "store">): Reaction {
  return async ({ value, user, tell }, exchange) => {
    const verdict = value.detail === "good" ? "good" : "bad";
    if (value.revision !== exchange.revision) return tell(({ clicks }) => clicks.replaced);
    await store.judge(exchange.id, `slack:${user}`, verdict);
    tell(({ clicks }) => clicks.thanks[verdict]);
  };
}
