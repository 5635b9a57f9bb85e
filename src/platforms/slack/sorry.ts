import { apology, toFailure } from "../../core/failure.ts";
import { SlackSilence } from "./slack-error.ts";

/** What somebody is told whose command or click failed. */
export function sorryFor(error: unknown): string {
  if (error instanceof SlackSilence) return SLACK_SILENT;
  const { kind } = toFailure(error);
  return kind === "over-budget" ? TOO_MANY : apology(kind);
}

const SLACK_SILENT = "Slack did not take that from me. Please try again.";
const TOO_MANY = "That is more than I may answer one person in a minute. Please ask again in a minute.";
