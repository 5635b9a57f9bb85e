import type { OwnTexts } from "./slack-texts.ts";

export const germanOfSlack: OwnTexts = {
  howToAskDirectly: "Hier bin ich. Schreib mir deine Frage, und ich schlage sie nach.",
  mentionOnly:
    "In diesem Channel antworte ich nur, wenn mich jemand erwähnt. Admins können das mit `/wiki settings` ändern.",
  slackSilent: "Slack hat das nicht von mir angenommen. Bitte versuch es noch einmal.",
  modal: { why: "Warum diese Antwort?", settings: "Einstellungen", save: "Speichern", close: "Schließen" },
  commands: {
    help: [
      "*Frag das Wiki*",
      "`/wiki Wie lang ist ein Tag auf dem Merkur?` antwortet hier, mit einer Fußnote hinter jedem Satz. Im Thread kannst du weiterfragen.",
      "`/wiki -q Wie lang ist ein Tag auf dem Merkur?` antwortet nur dir.",
      "`/wiki settings` ändert, worauf ich in diesem Channel höre. Für Admins.",
      "`/wikistats` zeigt, wie es um mich steht.",
      "Du kannst mich auch erwähnen, mir direkt schreiben oder im Menü einer Nachricht *Look it up* wählen.",
    ].join("\n"),
    asks: (user, question) => `<@${user}> fragt: ${question}`,
    lookUp: (user) => `<@${user}> hat mich gebeten, das nachzuschlagen.`,
    lookingUp: "Ich schlage es nach …",
    lookingUpOutside: (bot) =>
      `Ich schlage es nach … In diesem Channel bin ich nicht: Nach \`/invite\` <@${bot}> kann ich in Threads antworten.`,
  },
  onlyAdmins: "Das können nur Admins.",
  noSettingsHere: "In Direktnachrichten gibt es nichts einzustellen: Nimm `/wiki settings` in einem Channel.",
  channelSettings: {
    channel: (channel) => `Worauf ich in <#${channel}> höre`,
    followUps: "Anschlussfragen",
    mentionOnly: "Nur, wenn ich erwähnt werde",
    mentionOnlyMeans: "Sonst bin ich in einem Thread dabei, bis ich nicht mehr zuhören soll.",
    savedMentionOnly: (channel) => `Gespeichert. In <#${channel}> antworte ich nur, wenn ich erwähnt werde.`,
    savedFollowUps: (channel) => `Gespeichert. In <#${channel}> brauchen Anschlussfragen keine Erwähnung.`,
  },
  home: {
    title: (wiki) => `Frag ${wiki} etwas`,
    ofWikipedia: [
      { title: "Eine Tatsache erfragen", message: "Wie lange dauert ein Tag auf dem Merkur?" },
      { title: "Wer war das?", message: "Wer war Ada Lovelace, und wofür ist sie bekannt?" },
      { title: "Zweierlei vergleichen", message: "Welcher See ist tiefer, der Baikalsee oder der Tanganjikasee?" },
      { title: "Wie geht das?", message: "Wie funktioniert eine Sonnenuhr?" },
    ],
    ofOtherWikis: [
      { title: "Mich zurechtfinden", message: "Welche Seiten sollte jemand, der neu ist, zuerst lesen?" },
      { title: "Eine Regel finden", message: "Welche Regeln und Richtlinien gibt es?" },
      { title: "Zuständige finden", message: "Wer ist wofür zuständig?" },
    ],
  },
};
