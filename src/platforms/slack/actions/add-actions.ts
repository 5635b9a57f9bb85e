import type { App } from "@slack/bolt";
import { ASK_AGAIN, CHOOSE, JUDGE, STOP, WHY } from "../reply-buttons.ts";
import type { SlackParts } from "../slack-parts.ts";
import { askAgain } from "./ask-again.ts";
import { choose } from "./choose.ts";
import { onClick } from "./click.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { stopAnswer, stopSession } from "./stop-answer.ts";
import { tellWhy } from "./tell-why.ts";

/** What people can do with a reply. */
export function addActions(app: App, parts: SlackParts): void {
  onClick(app, parts, JUDGE, judgeAnswer(parts));
  onClick(app, parts, WHY, tellWhy(parts));
  onClick(app, parts, ASK_AGAIN, askAgain(parts));
  onClick(app, parts, STOP, stopAnswer(parts));
  onClick(app, parts, new RegExp(`^${CHOOSE}\\d+$`), choose(parts));
  app.event("agent_session_stopped", ({ event, context }) => stopSession(event, context.teamId ?? "", parts));
}
