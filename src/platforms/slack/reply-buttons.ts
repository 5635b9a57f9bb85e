import type { types } from "@slack/bolt";
import type { ExchangeRevision, Verdict } from "../../core/exchange.ts";
import { shortened } from "../shortened.ts";
import type { Texts } from "../texts.ts";

/** What listeners know the buttons by. */
export const JUDGE = "answer_judge";
export const WHY = "answer_why";
export const ASK_AGAIN = "answer_again";
export const STOP = "answer_stop";
/** Followed by the suggestion's index. */
export const CHOOSE = "answer_choose_";

/** Slack: elements of an actions block. */
const MAX_BUTTONS = 25;
/** Slack: characters on a button. */
const MAX_LABEL = 75;

/** What a button is about, as its value says: nothing else is needed to know what it means, at any later time. */
export interface ButtonValue extends ExchangeRevision {
  /** A verdict, or the index of a suggestion; else `""`. */
  readonly detail: string;
}

/** `undefined` when it is none of ours. */
export function readButtonValue(value: string | undefined): ButtonValue | undefined {
  const {
    id,
    revision,
    detail = "",
  } = /^(?<id>[^:]+):(?<revision>\d+)(?::(?<detail>\w+))?$/.exec(value ?? "")?.groups ?? {};
  return id === undefined ? undefined : { id, revision: Number(revision), detail };
}

/** Below an answer: whether it helped, what it rests on, and once more. */
export function answerButtons(exchange: ExchangeRevision, { buttons }: Texts): types.KnownBlock[] {
  const verdict = (name: string, is: Verdict) => ({ text: plainText(name), value: valueOf(exchange, is) });
  return [
    {
      type: "context_actions",
      elements: [
        {
          type: "feedback_buttons",
          action_id: JUDGE,
          positive_button: verdict(buttons.helpful, "good"),
          negative_button: verdict(buttons.notHelpful, "bad"),
        },
      ],
    },
    row(button(WHY, buttons.why, valueOf(exchange)), button(ASK_AGAIN, buttons.askAgain, valueOf(exchange))),
  ];
}

/** Below an apology. */
export function againButtons(exchange: ExchangeRevision, { buttons }: Texts): types.KnownBlock[] {
  return [row(button(ASK_AGAIN, buttons.askAgain, valueOf(exchange)))];
}

/** Below what is being written. */
export function stopButtons(exchange: ExchangeRevision, { buttons }: Texts): types.KnownBlock[] {
  return [row(button(STOP, buttons.stop, valueOf(exchange)))];
}

/** One for each title that the question may be about; `[]` without any. */
export function choiceButtons(exchange: ExchangeRevision, titles: readonly string[]): types.KnownBlock[] {
  if (titles.length === 0) return [];
  const buttons = titles
    .slice(0, MAX_BUTTONS)
    .map((title, index) => button(`${CHOOSE}${index}`, choiceLabel(title), valueOf(exchange, String(index))));
  return [row(...buttons)];
}

export function choiceLabel(title: string): string {
  return shortened(title, MAX_LABEL);
}

function valueOf({ id, revision }: ExchangeRevision, detail = ""): string {
  return `${id}:${revision}${detail === "" ? "" : `:${detail}`}`;
}

function row(...elements: types.Button[]): types.ActionsBlock {
  return { type: "actions", elements };
}

function button(action: string, label: string, value: string): types.Button {
  return { type: "button", action_id: action, text: plainText(label), value };
}

function plainText(text: string): types.PlainTextElement {
  return { type: "plain_text", text, emoji: false };
}
