import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from "discord.js";
import type { ExchangeRevision } from "../../core/exchange.ts";
import type { FailureKind } from "../../core/failure.ts";
import { shortened } from "../shortened.ts";
import type { Texts } from "../texts.ts";
import { type AnswerAction, answerComponentId } from "./component-ids.ts";

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** Discord: options of a menu, and characters of each. */
const MAX_OPTIONS = 25;
const MAX_LABEL = 100;

/** Below an answer: whether it helped, what it rests on, and once more. */
export function answerButtons(exchange: ExchangeRevision, { buttons }: Texts): Row[] {
  return [
    row(
      answerButton("good", buttons.helpful, exchange),
      answerButton("bad", buttons.notHelpful, exchange),
      answerButton("why", buttons.why, exchange),
      answerButton("again", buttons.askAgain, exchange),
    ),
  ];
}

/** What asking again cannot mend. */
const LASTING: readonly FailureKind[] = ["invalid-config", "invalid-input"];

/** Below an apology. */
export function apologyButtons(exchange: ExchangeRevision, kind: FailureKind, { buttons }: Texts): Row[] {
  return LASTING.includes(kind) ? [] : [row(answerButton("again", buttons.askAgain, exchange))];
}

/** Below what is being written. */
export function stopButton(exchange: ExchangeRevision, { buttons }: Texts): Row[] {
  return [row(answerButton("stop", buttons.stop, exchange))];
}

/** The titles that the question may be about; an option's value is the title's index. `[]` without any. */
export function choiceMenu(exchange: ExchangeRevision, titles: readonly string[], { buttons }: Texts): Row[] {
  if (titles.length === 0) return [];
  const options = titles
    .slice(0, MAX_OPTIONS)
    .map((title, index) => ({ label: choiceLabel(title), value: String(index) }));
  const customId = answerComponentId("choose", exchange);
  return [row({ type: ComponentType.StringSelect, custom_id: customId, placeholder: buttons.choose, options })];
}

export function choiceLabel(title: string): string {
  return shortened(title, MAX_LABEL);
}

function answerButton(action: AnswerAction, label: string, exchange: ExchangeRevision): APIButtonComponentWithCustomId {
  return button(answerComponentId(action, exchange), label);
}

export function button(
  customId: string,
  label: string,
  style: APIButtonComponentWithCustomId["style"] = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, custom_id: customId, label, style };
}

export function row(...components: APIComponentInMessageActionRow[]): Row {
  return { type: ComponentType.ActionRow, components };
}
