import { toFailure } from "../../core/failure.ts";
import { SlackSilence } from "./slack-error.ts";
import { type SlackTexts, slackTextsFor } from "./texts/slack-texts.ts";

/** What somebody is told whose command or click failed. @param texts default: English */
export function sorryFor(error: unknown, texts: SlackTexts = slackTextsFor(undefined)): string {
  if (error instanceof SlackSilence) return texts.slackSilent;
  const { kind } = toFailure(error);
  return kind === "over-budget" ? texts.hints.tooMany : texts.apology(kind);
}
