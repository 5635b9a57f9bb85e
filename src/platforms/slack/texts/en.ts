import type { OwnTexts } from "./slack-texts.ts";

export const englishOfSlack: OwnTexts = {
  howToAskDirectly: "Here I am. Put your question into words, and I'll look it up.",
  mentionOnly: "In this channel I answer only when I'm mentioned. An admin can change that with `/wiki settings`.",
  slackSilent: "Slack did not take that from me. Please try again.",
  modal: { why: "Why this answer?", settings: "Footnote's settings", save: "Save", close: "Close" },
  commands: {
    help: [
      "*Ask the wiki*",
      "`/wiki How long does a day last on Mercury?` answers here, with a footnote behind every sentence. Ask on in the thread.",
      "`/wiki -q How long does a day last on Mercury?` answers only you.",
      "`/wiki settings` changes what I listen to in this channel. For admins.",
      "`/wikistats` shows how I am doing.",
      "You can also mention me, write to me directly, or choose *Look it up* in the menu of any message.",
    ].join("\n"),
    asks: (user, question) => `<@${user}> asks: ${question}`,
    lookUp: (user) => `<@${user}> asked me to look this up.`,
    lookingUp: "Looking it up…",
    lookingUpOutside: (bot) =>
      `Looking it up… I'm not in this channel: \`/invite\` <@${bot}>, and I can answer in threads.`,
  },
  onlyAdmins: "Only admins can do that.",
  noSettingsHere: "There is nothing to set in direct messages: use `/wiki settings` in a channel.",
  channelSettings: {
    channel: (channel) => `What I listen to in <#${channel}>`,
    followUps: "Follow-up questions",
    mentionOnly: "Only when I am mentioned",
    mentionOnlyMeans: "Otherwise I take part in a thread until I am told to stop listening.",
    savedMentionOnly: (channel) => `Saved. In <#${channel}> I answer only when I am mentioned.`,
    savedFollowUps: (channel) => `Saved. In <#${channel}> follow-up questions need no mention.`,
  },
  home: {
    title: (wiki) => `Ask ${wiki} something`,
    ofWikipedia: [
      { title: "Ask for a fact", message: "How long does a day last on Mercury?" },
      { title: "Who was it?", message: "Who was Ada Lovelace, and what is she known for?" },
      { title: "Compare two things", message: "Which is deeper, Lake Baikal or Lake Tanganyika?" },
      { title: "How does it work?", message: "How does a sundial work?" },
    ],
    ofOtherWikis: [
      { title: "Find my way", message: "Which pages should somebody new here read first?" },
      { title: "Find a rule", message: "Which rules and guidelines are there?" },
      { title: "Find out who", message: "Who is responsible for what?" },
    ],
  },
};
