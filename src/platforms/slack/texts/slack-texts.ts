import { type Texts, textsFor } from "../../texts.ts";
import { germanOfSlack } from "./de.ts";
import { englishOfSlack } from "./en.ts";
import { spanishOfSlack } from "./es.ts";
import { frenchOfSlack } from "./fr.ts";
import { japaneseOfSlack } from "./ja.ts";

export interface Prompt {
  /** On the button. */
  readonly title: string;
  readonly message: string;
}

/** What only Slack has to be told in, in one language; mrkdwn unless said otherwise. */
export interface OwnTexts {
  readonly howToAskDirectly: string;
  readonly mentionOnly: string;
  /** Slack did not take something that somebody asked for. */
  readonly slackSilent: string;
  /** Titles and buttons of a modal: plain, 24 characters at the most. */
  readonly modal: { readonly why: string; readonly settings: string; readonly save: string; readonly close: string };
  readonly commands: {
    readonly help: string;
    /** @param question as mrkdwn */
    readonly asks: (user: string, question: string) => string;
    readonly lookUp: (user: string) => string;
    readonly lookingUp: string;
    readonly lookingUpOutside: (bot: string) => string;
  };
  readonly onlyAdmins: string;
  readonly noSettingsHere: string;
  readonly channelSettings: {
    readonly channel: (channel: string) => string;
    /** Plain, 75 characters at the most, as are the two below. */
    readonly followUps: string;
    readonly mentionOnly: string;
    readonly mentionOnlyMeans: string;
    readonly savedMentionOnly: (channel: string) => string;
    readonly savedFollowUps: (channel: string) => string;
  };
  /** Plain. Four prompts at the most (Slack: developer docs, *assistant.threads.setSuggestedPrompts*). */
  readonly home: {
    readonly title: (wiki: string) => string;
    readonly ofWikipedia: readonly Prompt[];
    /** Of a team's own wiki nobody knows what is in it. */
    readonly ofOtherWikis: readonly Prompt[];
  };
}

/** The fixed texts that people read in Slack, in one language. */
export type SlackTexts = Texts & OwnTexts;

const LANGUAGES: ReadonlyMap<string, OwnTexts> = new Map([
  ["en", englishOfSlack],
  ["de", germanOfSlack],
  ["es", spanishOfSlack],
  ["fr", frenchOfSlack],
  ["ja", japaneseOfSlack],
]);

/** @param locale as Slack has it, such as `de-DE`; English for languages we have no texts in, and when nobody knows */
export function slackTextsFor(locale: string | undefined): SlackTexts {
  const [language = ""] = (locale ?? "").toLowerCase().split("-");
  return { ...textsFor(locale), ...(LANGUAGES.get(language) ?? englishOfSlack) };
}
