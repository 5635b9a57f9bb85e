import type { App, Context, RespondArguments, SlashCommand } from "@slack/bolt";
import { apology } from "../../../core/failure.ts";
import { isTooLong, saysSomething } from "../../question-text.ts";
import { inTime } from "../in-time.ts";
import { toPlainText } from "../plain-text.ts";
import type { SlackParts } from "../slack-parts.ts";
import { sorryFor } from "../sorry.ts";
import { askAlone, showOnly } from "./ask-alone.ts";
import { askInChannel } from "./ask-in-channel.ts";
import type { Question } from "./question.ts";
import { openSettings } from "./settings.ts";
import { texts } from "./texts.ts";

/** What the ack says, to the asker alone unless it says otherwise; `undefined`: nothing. */
type Said = string | RespondArguments | undefined;

/** `/wiki`: acked when the question is stored, or the asker has been told that it is not. Slack never sends a command again. */
export function addWikiCommand(app: App, parts: SlackParts): void {
  app.command("/wiki", async ({ command, context, ack }) => {
    await ack(await obey(command, context, parts));
  });
}

async function obey(command: SlashCommand, context: Context, parts: SlackParts): Promise<Said> {
  try {
    return await inTime((late) => react(command, context, parts, late), context);
  } catch (error) {
    parts.log.warn({ err: error, channel: command.channel_id }, "command failed");
    return sorryFor(error);
  }
}

async function react(command: SlashCommand, context: Context, parts: SlackParts, late: AbortSignal): Promise<Said> {
  const { botUserId: bot = "", teamId: team = "" } = context;
  const { rest, isPrivate } = readFlag(command.text.trim());
  if (/^(?:|help|-h|--help)$/i.test(rest)) return texts.help;
  const { channel_id: channel, user_id: user, trigger_id: trigger } = command;
  if (/^settings$/i.test(rest)) return openSettings({ team, channel, user, trigger }, parts);
  const text = toPlainText(rest.replaceAll(new RegExp(`<@${bot}(?:\\|[^>]*)?>`, "g"), " ")).trim();
  if (!saysSomething(text)) return apology("invalid-input");
  if (isTooLong(text)) return texts.tooLong;
  const { team_id: userTeam, response_url: responseUrl } = command;
  const question = { team, channel, user, userTeam, text, trigger, responseUrl };
  return isPrivate ? askPrivately(question, bot, parts, late) : askOpenly(question, bot, parts, late);
}

/** The quiet flag, however autocorrection has changed its dashes, and what stands behind it. */
function readFlag(text: string): { readonly rest: string; readonly isPrivate: boolean } {
  const rest = /^(?:[-–—]q|(?:--|[–—])quiet)(?:\s+|$)(?<rest>[^]*)$/i.exec(text)?.groups?.["rest"];
  return rest === undefined ? { rest: text, isPrivate: false } : { rest, isPrivate: true };
}

async function askOpenly(question: Question, bot: string, parts: SlackParts, late: AbortSignal): Promise<Said> {
  const { team, channel, user, text, responseUrl } = question;
  const announced = {
    question,
    announcement: texts.asks(user, text),
    threadTs: undefined,
    idOf: (ts: string) => `${team}:${channel}:${ts}`,
  };
  if (await askInChannel(announced, parts, late)) return undefined;
  await askAlone(question, { isPrivate: false, responseUrl }, parts, late);
  // Slack shows everybody the command that is answered so.
  return { response_type: "in_channel", text: texts.lookingUpOutside(bot) };
}

async function askPrivately(question: Question, bot: string, parts: SlackParts, late: AbortSignal): Promise<Said> {
  const isShown = await showOnly(question, texts.lookingUp, parts);
  const how = { isPrivate: true, ...(!isShown && { responseUrl: question.responseUrl }) };
  await askAlone(question, how, parts, late);
  return isShown ? undefined : texts.lookingUpOutside(bot);
}
