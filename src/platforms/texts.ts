import type { Verdict } from "../core/exchange.ts";
import type { FailureKind } from "../core/failure.ts";
import { german } from "./texts-de.ts";
import { english } from "./texts-en.ts";
import { spanish } from "./texts-es.ts";
import { french } from "./texts-fr.ts";
import { japanese } from "./texts-ja.ts";

/**
 * The fixed texts that people read around answers, in one language. Plain text: what a platform's Markdown would take for a mark is
 * in none of them. Buttons and titles have 45 characters at the most.
 */
export interface Texts {
  readonly buttons: {
    readonly helpful: string;
    readonly notHelpful: string;
    readonly why: string;
    readonly askAgain: string;
    readonly stop: string;
    /** In a menu of meanings, before one is chosen. */
    readonly choose: string;
  };
  /** Whoever presses a button is told, and nobody else. */
  readonly clicks: {
    readonly thanks: Readonly<Record<Verdict, string>>;
    readonly replaced: string;
    readonly erased: string;
    readonly notHere: string;
    readonly onlyAskerAsksAgain: string;
    readonly onlyAskerStops: string;
    readonly onlyAskerChooses: string;
    readonly nothingToStop: string;
    readonly choiceClosed: string;
    readonly nothingToExplain: string;
    /** The answer can no longer be changed where it stands. */
    readonly tooOld: string;
  };
  readonly why: {
    readonly introduction: string;
    readonly nothing: string;
    readonly revision: (revision: string) => string;
    /** @param date YYYY-MM-DD */
    readonly asOf: (date: string) => string;
    /** Of passages that are not shown. */
    readonly more: (count: number) => string;
  };
  /** Behind a sentence that no source supports. */
  readonly notInTheSources: string;
  readonly sources: {
    /** @param license as the platform links it */
    readonly license: (license: string) => string;
    /** Of sources that are not listed. */
    readonly more: (count: number) => string;
  };
  /** Stands in the place of an answer while its question is looked up once more. */
  readonly lookingAgain: string;
  /** What an asker reads when a question ends with this failure. */
  readonly apology: (kind: FailureKind) => string;
  readonly hints: {
    readonly howToAsk: string;
    readonly tooLong: (limit: number) => string;
    readonly tooMany: string;
    readonly nothingToStop: string;
    readonly quiet: string;
    readonly listening: string;
    readonly alwaysListening: string;
    readonly notFollowing: string;
    /** @param channels as the platform mentions them */
    readonly onlyIn: (channels: string) => string;
    readonly lookingUp: string;
    readonly nothingToLookUp: string;
  };
  readonly notAnswered: {
    /** To the asker alone. @param channel as the platform mentions it @param reason one of those below */
    readonly told: (channel: string, reason: string) => string;
    readonly channelGone: string;
    readonly questionGone: string;
    readonly unseen: string;
    readonly unwritable: string;
    readonly locked: string;
    readonly refused: string;
  };
  readonly onlyManagers: string;
  readonly stats: {
    readonly title: string;
    readonly topArticles: string;
    readonly citations: (count: number) => string;
    readonly clear: string;
    readonly confirm: string;
    readonly confirmText: string;
    readonly yes: string;
    readonly no: string;
    readonly cleared: (entries: number) => string;
  };
  readonly settings: {
    readonly title: string;
    readonly onlyInServers: string;
    readonly language: string;
    readonly usualLanguage: string;
    readonly languageHint: string;
    readonly notALanguage: string;
    readonly channels: string;
    readonly everywhere: string;
    readonly mentionOnly: string;
    readonly nowhere: string;
    readonly answers: string;
    readonly inThreads: string;
    readonly asReplies: string;
    readonly limits: string;
    readonly usualLimit: string;
    readonly perMinute: (count: number) => string;
    readonly limitOfRole: string;
    readonly questionsPerMinute: string;
    readonly limitHint: string;
    readonly notALimit: string;
  };
}

const LANGUAGES: ReadonlyMap<string, Texts> = new Map([
  ["en", english],
  ["de", german],
  ["es", spanish],
  ["fr", french],
  ["ja", japanese],
]);

/** @param locale BCP 47, such as `de-AT`; English for languages we have no texts in, and when nobody knows */
export function textsFor(locale: string | undefined): Texts {
  const [language = ""] = (locale ?? "").toLowerCase().split("-");
  return LANGUAGES.get(language) ?? english;
}
