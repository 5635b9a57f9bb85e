import { SlackRefusal, SlackSilence } from "../slack-error.ts";
import type { SlackParts } from "../slack-parts.ts";
import type { Reaction } from "./click.ts";
import { tellOnly } from "./tell-only.ts";
import { whyMessage, whyView } from "./why-view.ts";

/** Shows anybody the passages an answer rests on: in a modal, or in a message only they see where Slack opens none. */
export function tellWhy(parts: Pick<SlackParts, "workspaces" | "textsOf" | "log">): Reaction {
  const { workspaces, textsOf, log } = parts;
  return async (click, { answer }) => {
    const { team, trigger } = click;
    if (answer === undefined) return click.tell(({ clicks }) => clicks.nothingToExplain);
    const view = whyView(answer, await textsOf(click));
    try {
      const opened = await workspaces.api(team).ifFree("views.open", { trigger_id: trigger, view });
      if (opened !== undefined) return;
    } catch (error) {
      if (!(error instanceof SlackRefusal || error instanceof SlackSilence)) throw error;
      log.info({ err: error }, "no view opened");
    }
    tellOnly(click, (texts) => whyMessage(answer, texts), parts);
  };
}
