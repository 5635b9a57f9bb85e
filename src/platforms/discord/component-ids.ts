import type { ExchangeRevision } from "../../core/exchange.ts";

const ANSWER_ACTIONS = ["good", "bad", "why", "again", "stop", "choose"] as const;

/** What can be done with an answer; `choose` is a menu, the others are buttons. */
export type AnswerAction = (typeof ANSWER_ACTIONS)[number];

/** All that a component below an answer says: nothing else is needed to know what it means, at any later time, in any process. */
export interface AnswerComponent extends ExchangeRevision {
  readonly action: AnswerAction;
}

/** Discord: 100 characters at the most. */
export function answerComponentId(action: AnswerAction, { id, revision }: ExchangeRevision): string {
  return `${action}:${id}:${revision}`;
}

/** `undefined` when it is none of ours. */
export function readAnswerComponentId(customId: string): AnswerComponent | undefined {
  const { name, id, revision } =
    /^(?<name>\w+):(?<id>[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}):(?<revision>\d{1,9})$/.exec(customId)?.groups ?? {};
  const action = ANSWER_ACTIONS.find((one) => one === name);
  return action === undefined || id === undefined ? undefined : { action, id, revision: Number(revision) };
}

/** Whether it is no component of an answer's, but of what a command shows. */
export function isOfPanel(customId: string): boolean {
  return /^(?:stats|settings):/.test(customId);
}
