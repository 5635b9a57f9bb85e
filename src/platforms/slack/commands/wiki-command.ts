import type { App, Context, RespondArguments, SlashCommand } from "@slack/bolt";
import { MAX_QUESTION_LENGTH } from "../../../core/message.ts";
import { isTooLong, saysSomething } from "../../question-text.ts";
import { shortened } from "../../shortened.ts";
import { inTime } from "../in-time.ts";
import { escapeMrkdwn } from "../neutralise.ts";
import { toPlainText } from "../plain-text.ts";
import type { SlackParts } from "../slack-parts.ts";
import { sorryFor } from "../sorry.ts";
import type { SlackTexts } from "../texts/slack-texts.ts";
import { askAlone, showOnly } from "./ask-alone.ts";
import { askInChannel } from "./ask-in-channel.ts";
import type { Question } from "./question.ts";
import { openSettings } from "./settings.ts";

/** Characters of a question that are repeated; escaped they stay below what Slack takes as a text (40,000). */
const MAX_REPEATED = 7_000;

interface CommandParts extends SlackParts {
  /** In the language of the asker. */
  readonly texts: SlackTexts;
}

/** What the ack says, to the asker alone unless it says otherwise; `undefined`: nothing. */
type Said = string | RespondArguments | undefined;

/** `/wiki`: acked when the question is stored, or the asker has been told that it is not. Slack never sends a command again. */
export function addWikiCommand(app: App, parts: SlackParts): void {
  app.command("/wiki", async ({ command, context, ack }) => {
    await ack(await obey(command, context, parts));
  });
}

async function obey(command: SlashCommand, context: Context, parts: SlackParts): Promise<Said> {
  const texts = await parts.textsOf({ team: context.teamId ?? "", user: command.user_id });
  try {
    return await inTime((late) => react(command, context, { ...parts, texts }, late), context);
  } catch (error) {
    parts.log.warn({ err: error, channel: command.channel_id }, "command failed");
    return sorryFor(error, texts);
  }
}

async function react(command: SlashCommand, context: Context, parts: CommandParts, late: AbortSignal): Promise<Said> {
  const { texts } = parts;
  const { botUserId: bot = "", teamId: team = "" } = context;
  const { rest, isPrivate } = readFlag(command.text.trim());
  if (/^(?:|help|-h|--help)$/i.test(rest)) return texts.commands.help;
  const { channel_id: channel, user_id: user, trigger_id: trigger } = command;
  if (/^settings$/i.test(rest)) return openSettings({ team, channel, user, trigger }, texts, parts);
  const text = toPlainText(rest.replaceAll(new RegExp(`<@${bot}(?:\\|[^>]*)?>`, "g"), " ")).trim();
  if (!saysSomething(text)) return texts.apology("invalid-input");
  if (isTooLong(text)) return texts.hints.tooLong(MAX_QUESTION_LENGTH);
  const { team_id: userTeam, response_url: responseUrl } = command;
  const question = { team, channel, user, userTeam, text, trigger, responseUrl };
  return isPrivate ? askPrivately(question, bot, parts, late) : askOpenly(question, bot, parts, late);
}

/** The quiet flag, however autocorrection has changed its dashes, and what stands behind it. */
function readFlag(text: string): { readonly rest: string; readonly isPrivate: boolean } {
  const rest = /^(?:[-–—]q|(?:--|[–—])quiet)(?:\s+|$)(?<rest>[^]*)$/i.exec(text)?.groups?.["rest"];
  return rest === undefined ? { rest: text, isPrivate: false } : { rest, isPrivate: true };
}

async function askOpenly(question: Question, bot: string, parts: CommandParts, late: AbortSignal): Promise<Said> {
  const { team, channel, user, text, responseUrl } = question;
  const { asks, lookingUpOutside } = parts.texts.commands;
  const announced = {
    question,
    announcement: asks(user, escapeMrkdwn(shortened(text, MAX_REPEATED))),
    threadTs: undefined,
    idOf: (ts: string) => `${team}:${channel}:${ts}`,
  };
  if (await askInChannel(announced, parts, late)) return undefined;
  await askAlone(question, { isPrivate: false, responseUrl }, parts, late);
  // Slack shows everybody the command that is answered so.
  return { response_type: "in_channel", text: lookingUpOutside(bot) };
}

async function askPrivately(question: Question, bot: string, parts: CommandParts, late: AbortSignal): Promise<Said> {
  const { lookingUp, lookingUpOutside } = parts.texts.commands;
  const isShown = await showOnly(question, lookingUp, parts);
  const how = { isPrivate: true, ...(!isShown && { responseUrl: question.responseUrl }) };
  await askAlone(question, how, parts, late);
  return isShown ? undefined : lookingUpOutside(bot);
}
