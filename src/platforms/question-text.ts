import { countCharacters, MAX_QUESTION_LENGTH } from "../core/message.ts";

/** Emoji and punctuation alone are no question. */
export function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** Longer than a question may be. */
export function isTooLong(text: string): boolean {
  return countCharacters(text, MAX_QUESTION_LENGTH) > MAX_QUESTION_LENGTH;
}
