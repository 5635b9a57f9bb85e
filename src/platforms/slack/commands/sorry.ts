import { apology, toFailure } from "../../../core/failure.ts";
import { SlackSilence } from "../slack-error.ts";
import { texts } from "./texts.ts";

/** What somebody is told whose command failed. */
export function sorryFor(error: unknown): string {
  if (error instanceof SlackSilence) return texts.slackSilent;
  const { kind } = toFailure(error);
  return kind === "over-budget" ? texts.tooMany : apology(kind);
}
