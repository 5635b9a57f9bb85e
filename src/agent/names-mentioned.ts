import type { Said } from "../core/exchange.ts";
import { splitSentences } from "../core/sentences.ts";
import { isSmallTalk, looksLikeQuestion } from "../core/small-talk.ts";
import { COMMON } from "./facts-names.ts";
import { plain } from "./plain-text.ts";

/** Names in what people said, as they were written: of the latest message first, and in each those first that are surely names. */
export function namesMentioned(said: readonly Said[]): readonly string[] {
  const authors = new Set(said.map(({ author }) => author.toLowerCase()));
  const names = said.toReversed().flatMap(({ text }) => namesIn(text));
  return [...new Set(names)].filter((name) => !authors.has(name.toLowerCase())).slice(0, MOST);
}

/** Each may cost a request to the wiki. */
const MOST = 6;

function namesIn(text: string): string[] {
  const names = splitSentences(plain(text.replace(NO_PROSE, " "))).flatMap(namesInSentence);
  return [...names.filter(({ isSure }) => isSure), ...names.filter(({ isSure }) => !isSure)].map(({ name }) => name);
}

/** Code, addresses, mentions of people and channels, emoji by their names. */
const NO_PROSE = /```.*?```|`[^`]*`|<[^>]*>|\b[a-z]+:\/\/\S+|(?<![\p{L}\p{N}])[@#][\p{L}\p{N}._-]+|:[a-z\d_+-]+:/gisu;

/** Words with capitals, with what stands within a name; in katakana and Chinese characters there are none. */
const NAME =
  /\p{Lu}[\p{L}\p{M}\p{N}.&+#'-]*(?: (?:(?:of|the|de|del|della|di|da|du|des|la|le|von|van|der|den|al|bin|ibn) )*[\p{Lu}\p{N}][\p{L}\p{M}\p{N}.&+#'-]*)*|[\p{Script=Katakana}ー]{2,}|\p{Script=Han}{2,}/gu;

function namesInSentence(sentence: string): { readonly name: string; readonly isSure: boolean }[] {
  return [...sentence.matchAll(NAME)].flatMap(({ 0: match, index }) => {
    const words = match.split(" ");
    while (words[0] !== undefined && isNoName(index === 0 ? words[0].toLowerCase() : words[0])) words.shift();
    const name = words.join(" ").replace(/(?:'s?|[.-])$/i, "");
    // The first word of a sentence is written like a name whatever it is.
    return name.length < 2 ? [] : [{ name, isSure: index > 0 || words.length > 1 || !/^\p{Lu}/u.test(name) }];
  });
}

function isNoName(word: string): boolean {
  const [start = ""] = word.toLowerCase().split("'");
  return COMMON.has(start) || isSmallTalk(word) || looksLikeQuestion(word);
}
