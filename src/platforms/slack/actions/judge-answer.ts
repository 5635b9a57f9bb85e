import type { Verdict } from "../../../core/exchange.ts";
import type { SlackParts } from "../slack-parts.ts";
import type { Reaction } from "./click.ts";

const THANKS: Record<Verdict, string> = {
  good: "Thanks! Noted that this helped.",
  bad: "Thanks for saying so. Noted that this didn't help.",
};

/** Keeps somebody's verdict on an answer; a later one takes its place. Slack itself shows nothing of it. */
export function judgeAnswer({ store }: Pick<SlackParts, "store">): Reaction {
  return async ({ value, user, tell }, exchange) => {
    const verdict = value.detail === "good" ? "good" : "bad";
    if (value.revision !== exchange.revision) return tell("That answer has been replaced by another since.");
    await store.judge(exchange.id, `slack:${user}`, verdict);
    tell(THANKS[verdict]);
  };
}
