import { SlackRefusal, SlackSilence } from "../slack-error.ts";
import type { SlackParts } from "../slack-parts.ts";
import type { Reaction } from "./click.ts";
import { tellOnly } from "./tell-only.ts";
import { whyMessage, whyView } from "./why-view.ts";

/** Shows anybody the passages an answer rests on: in a modal, or in a message only they see where Slack opens none. */
export function tellWhy({ workspaces, log }: Pick<SlackParts, "workspaces" | "log">): Reaction {
  return async (click, { answer }) => {
    const { team, trigger } = click;
    if (answer === undefined) return click.tell("There is no answer to explain just now.");
    try {
      const opened = await workspaces.api(team).ifFree("views.open", { trigger_id: trigger, view: whyView(answer) });
      if (opened !== undefined) return;
    } catch (error) {
      if (!(error instanceof SlackRefusal || error instanceof SlackSilence)) throw error;
      log.info({ err: error }, "no view opened");
    }
    tellOnly(click, whyMessage(answer), { workspaces, log });
  };
}
