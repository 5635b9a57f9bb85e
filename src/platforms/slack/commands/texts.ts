import { MAX_QUESTION_LENGTH } from "../../../core/message.ts";
import { escapeMrkdwn } from "../neutralise.ts";
import { shortened } from "../../shortened.ts";

/** Characters of a question that are repeated; escaped they stay below what Slack takes as a text (40,000). */
const MAX_REPEATED = 7_000;

/** Everything that commands and shortcuts say, as mrkdwn unless said otherwise. */
export const texts = {
  help: [
    "*Ask the wiki*",
    "`/wiki How long does a day last on Mercury?` answers here, with a footnote behind every sentence. Ask on in the thread.",
    "`/wiki -q How long does a day last on Mercury?` answers only you.",
    "`/wiki settings` changes what I listen to in this channel. For admins.",
    "`/wikistats` shows how I am doing.",
    "You can also mention me, write to me directly, or choose *Look it up* in the menu of any message.",
  ].join("\n"),

  asks: (user: string, question: string) => `<@${user}> asks: ${escapeMrkdwn(shortened(question, MAX_REPEATED))}`,
  lookUp: (user: string) => `<@${user}> asked me to look this up.`,
  lookingUp: "Looking it up…",
  lookingUpOutside: (bot: string) =>
    `Looking it up… I'm not in this channel: \`/invite\` <@${bot}>, and I can answer in threads.`,
  nothingToLookUp: "There is no text in that message that I could look up.",
  tooLong: `That is longer than I can read: a question may have ${MAX_QUESTION_LENGTH.toLocaleString("en")} characters.`,

  onlyAdmins: "Only admins can do that.",
  noSettingsHere: "There is nothing to set in direct messages: use `/wiki settings` in a channel.",
  settings: {
    /** Plain, 24 characters at the most, as are the two below. */
    title: "Footnote's settings",
    save: "Save",
    close: "Close",
    channel: (channel: string) => `What I listen to in <#${channel}>`,
    /** Plain, as are the two below. */
    followUps: "Follow-up questions",
    mentionOnly: "Only when I am mentioned",
    mentionOnlyMeans: "Otherwise I take part in a thread until I am told to stop listening.",
    saved: (channel: string, mentionOnly: boolean) =>
      mentionOnly
        ? `Saved. In <#${channel}> I answer only when I am mentioned.`
        : `Saved. In <#${channel}> follow-up questions need no mention.`,
  },

  stats: {
    /** Plain. */
    title: "Footnote in figures",
    topArticles: "*Most cited in 7 days*",
    citations: (count: number) => (count === 1 ? "1 citation" : `${count.toLocaleString("en")} citations`),
    /** Plain, as are those of the dialog. */
    clear: "Clear cache",
    confirm: {
      title: "Clear the cache?",
      text: "Everything Footnote remembers of the wiki is forgotten, and looked up again when it is asked for.",
      confirm: "Clear it",
      deny: "Keep it",
    },
    cleared: (user: string, entries: number) =>
      `<@${user}> cleared the cache: ${entries === 1 ? "1 entry" : `${entries.toLocaleString("en")} entries`}.`,
  },
} as const;
