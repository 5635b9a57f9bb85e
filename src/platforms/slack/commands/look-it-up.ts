import type { App, Context } from "@slack/bolt";
import { z } from "zod";
import { MAX_QUESTION_LENGTH } from "../../../core/message.ts";
import { isTooLong, saysSomething } from "../../question-text.ts";
import { inTime } from "../in-time.ts";
import { toPlainText } from "../plain-text.ts";
import type { SlackParts } from "../slack-parts.ts";
import { sorryFor } from "../sorry.ts";
import type { SlackTexts } from "../texts/slack-texts.ts";
import { askAlone } from "./ask-alone.ts";
import { askInChannel } from "./ask-in-channel.ts";
import type { Question } from "./question.ts";
import { respond } from "./response-url.ts";

const LOOK_IT_UP = "look_it_up";

const shortcutSchema = z.object({
  user: z.object({ id: z.string(), team_id: z.string().optional() }),
  channel: z.object({ id: z.string() }),
  message: z.object({
    ts: z.string(),
    thread_ts: z.string().optional(),
    text: z.string().nullish(),
    /** Other apps often say all they have to say in these. */
    attachments: z.array(z.object({ fallback: z.string().optional(), text: z.string().optional() })).nullish(),
  }),
  trigger_id: z.string(),
  response_url: z.url(),
});

type Shortcut = z.infer<typeof shortcutSchema>;

/** The shortcut in every message's menu: what the message says is looked up in its thread. */
export function addLookItUp(app: App, parts: SlackParts): void {
  app.shortcut({ callback_id: LOOK_IT_UP, type: "message_action" }, async ({ body, context, ack }) => {
    const shortcut = shortcutSchema.parse(body);
    const told = await obey(shortcut, context, parts);
    await ack();
    if (told === undefined) return;
    // Nobody is shown what an ack of a shortcut says.
    const message = { response_type: "ephemeral", replace_original: false, text: told };
    await respond(shortcut.response_url, message).catch((error: unknown) => parts.log.warn({ err: error }, "not told"));
  });
}

/** @returns what the asker alone is told */
async function obey(shortcut: Shortcut, context: Context, parts: SlackParts): Promise<string | undefined> {
  const text = beginningOf(textOf(shortcut.message));
  const texts = await parts.textsOf({ team: context.teamId ?? "", user: shortcut.user.id });
  if (!saysSomething(text)) return texts.hints.nothingToLookUp;
  try {
    return await inTime((late) => lookUp(shortcut, text, context, { ...parts, texts }, late), context);
  } catch (error) {
    parts.log.warn({ err: error, channel: shortcut.channel.id }, "shortcut failed");
    return sorryFor(error, texts);
  }
}

async function lookUp(
  { user, channel, message, trigger_id: trigger, response_url: responseUrl }: Shortcut,
  text: string,
  { teamId: team = "", botUserId: bot = "" }: Context,
  parts: SlackParts & { readonly texts: SlackTexts },
  late: AbortSignal,
): Promise<string | undefined> {
  const asker = { user: user.id, userTeam: user.team_id ?? team };
  const question: Question = { team, channel: channel.id, ...asker, text, trigger, responseUrl };
  const announced = {
    question,
    announcement: parts.texts.commands.lookUp(user.id),
    threadTs: message.thread_ts ?? message.ts,
    // Others may have it looked up, too.
    idOf: () => `${team}:${channel.id}:${message.ts}:shortcut:${trigger}`,
  };
  if (await askInChannel(announced, parts, late)) return undefined;
  await askAlone(question, { isPrivate: true, responseUrl }, parts, late);
  return parts.texts.commands.lookingUpOutside(bot);
}

/** Without the people it calls: it is not for them. */
function textOf({ text, attachments }: Shortcut["message"]): string {
  const said = (text ?? "").trim();
  const mrkdwn =
    said === "" ? (attachments ?? []).map(({ fallback, text: own }) => own ?? fallback ?? "").join("\n") : said;
  return toPlainText(mrkdwn.replaceAll(/<(?:@|!subteam|!here|!channel|!everyone)[^<>]*>/g, " ")).trim();
}

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** As much as a question may have. */
function beginningOf(text: string): string {
  if (!isTooLong(text)) return text;
  let end = 0;
  let count = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (count === MAX_QUESTION_LENGTH) break;
    count += 1;
    end += segment.length;
  }
  return text.slice(0, end);
}
