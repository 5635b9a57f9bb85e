import type { FailureKind } from "../core/failure.ts";
import type { Texts } from "./texts.ts";

const numbers = new Intl.NumberFormat("de");

const APOLOGIES: Readonly<Record<FailureKind, string>> = {
  "invalid-config": "Footnote ist nicht richtig eingerichtet; bitte sag es denen, die es betreiben.",
  "invalid-input": "Das kann ich nicht als Frage lesen. Bitte sag es mit anderen Worten.",
  cancelled: "Angehalten.",
  deadline: "Das hat länger gedauert, als ich brauchen darf. Bitte versuch es noch einmal, oder frag genauer.",
  "over-budget": "Mehr darf ich im Moment nicht nachschlagen. Bitte versuch es in Kürze noch einmal.",
  "model-unavailable": "Das Sprachmodell ist gerade nicht zu erreichen. Bitte versuch es in Kürze noch einmal.",
  "wiki-unavailable":
    "Das Wiki ist gerade nicht zu erreichen, also habe ich nichts zu zitieren. Bitte versuch es in Kürze noch einmal.",
  "store-unavailable": "Mein Gedächtnis ist gerade nicht zu erreichen. Bitte versuch es in Kürze noch einmal.",
  "delivery-failed": "Die Antwort ist fertig, konnte aber nicht zugestellt werden.",
  bug: "Bei mir ist etwas schiefgegangen. Es steht im Protokoll; bitte versuch es noch einmal.",
};

export const german: Texts = {
  buttons: {
    helpful: "Hilfreich",
    notHelpful: "Nicht hilfreich",
    why: "Warum?",
    askAgain: "Noch einmal fragen",
    stop: "Anhalten",
    choose: "Was ist gemeint?",
  },
  clicks: {
    thanks: {
      good: "Danke! Notiert, dass das geholfen hat.",
      bad: "Danke für den Hinweis. Notiert, dass das nicht geholfen hat.",
    },
    replaced: "Diese Antwort ist inzwischen durch eine andere ersetzt.",
    erased: "Diese Frage und ihre Antwort sind nicht mehr gespeichert.",
    notHere: "Dieser Knopf gehört nicht zu diesem Gespräch.",
    onlyAskerAsksAgain:
      "Nur wer gefragt hat, kann das noch einmal nachschlagen lassen. Erwähne mich, um selbst zu fragen.",
    onlyAskerStops: "Nur wer gefragt hat, kann das anhalten.",
    onlyAskerChooses: "Nur wer gefragt hat, kann hier wählen. Erwähne mich, um selbst zu fragen.",
    nothingToStop: "Hier gibt es nichts mehr anzuhalten.",
    choiceClosed: "Diese Wahl ist nicht mehr offen: Die Frage ist inzwischen anders gestellt.",
    nothingToExplain: "Gerade gibt es keine Antwort zu erklären.",
    tooOld: "Diese Antwort kann ich nicht mehr ändern. Bitte stell die Frage noch einmal.",
  },
  why: {
    introduction: "Die Stellen, auf denen diese Antwort beruht, Wort für Wort. Das Zitierte ist fett.",
    nothing: "Hinter dieser Antwort steht nichts aus dem Wiki.",
    revision: (revision) => `Version ${revision}`,
    asOf: (date) => `Stand ${date}`,
    more: (count) => `und ${numbers.format(count)} weitere, in der Antwort verlinkt`,
  },
  notInTheSources: "(nicht in den Quellen)",
  sources: {
    license: (license) => `Text: ${license}`,
    more: (count) => `und ${numbers.format(count)} weitere, im Text verlinkt`,
  },
  lookingAgain: "Ich sehe noch einmal nach …",
  apology: (kind) => APOLOGIES[kind],
  hints: {
    howToAsk:
      "Hier bin ich. Schreib deine Frage in dieselbe Nachricht wie meinen Namen: „@Footnote wie lang ist ein Tag auf dem Merkur?“",
    tooLong: (limit) => `Das ist länger, als ich lesen kann: Eine Frage darf ${numbers.format(limit)} Zeichen haben.`,
    tooMany: "Das ist mehr, als ich in einer Minute für jemanden nachschlage. Bitte frag gleich noch einmal.",
    nothingToStop: "Hier gibt es nichts von dir anzuhalten.",
    quiet: "Gut, ich bin hier still, bis mich jemand erwähnt.",
    listening: "Ich höre wieder zu: Fragen in diesem Thread brauchen keine Erwähnung.",
    alwaysListening: "Unter uns beiden beantworte ich alles, was du fragst.",
    notFollowing: "Diesem Thread folge ich nicht: Das tue ich erst, wenn ich darin etwas gefragt wurde.",
    onlyIn: (channels) => `In diesem Kanal antworte ich nicht. Frag mich hier: ${channels}`,
    lookingUp: "Ich schlage es nach. Die Antwort kommt unter dieser Nachricht.",
    nothingToLookUp: "In dieser Nachricht steht kein Text, den ich nachschlagen könnte.",
  },
  notAnswered: {
    told: (channel, reason) => `Deine Frage in ${channel} konnte ich nicht beantworten. ${reason}`,
    channelGone: "Den Kanal oder Thread gibt es nicht mehr.",
    questionGone: "Deine Nachricht gibt es nicht mehr.",
    unseen: "Diesen Kanal darf ich nicht sehen.",
    unwritable: "Dort darf ich nicht schreiben.",
    locked: "Der Thread ist gesperrt.",
    refused: "Discord hat meine Antwort nicht angenommen.",
  },
  onlyManagers: "Das kann nur, wer diesen Server verwaltet.",
  stats: {
    title: "Footnote in Zahlen",
    topArticles: "In 7 Tagen am häufigsten zitiert",
    citations: (count) => (count === 1 ? "1 Zitat" : `${numbers.format(count)} Zitate`),
    clear: "Cache leeren",
    confirm: "Den Cache leeren?",
    confirmText:
      "Alles, was Footnote sich aus dem Wiki gemerkt hat, ist dann vergessen und wird bei Bedarf neu nachgeschlagen.",
    yes: "Leeren",
    no: "Behalten",
    cleared: (entries) =>
      `Der Cache ist geleert: ${entries === 1 ? "1 Eintrag" : `${numbers.format(entries)} Einträge`}.`,
  },
  settings: {
    title: "Footnotes Einstellungen für diesen Server",
    onlyInServers: "In Direktnachrichten gibt es nichts einzustellen: Nimm den Befehl in einem Server.",
    language: "Sprache des Wikis",
    usualLanguage: "wie Footnote eingerichtet ist",
    languageHint: "Code oder Name, etwa fr oder Französisch. Leer: wie Footnote eingerichtet ist.",
    notALanguage: "Diese Sprache kenne ich nicht. Versuch es mit ihrem Code, etwa fr.",
    channels: "Wo ich antworte",
    everywhere: "überall",
    mentionOnly: "Wo ich nur auf Erwähnung antworte",
    nowhere: "nirgends",
    answers: "Wie ich antworte",
    inThreads: "in Threads",
    asReplies: "als Antwort auf die Nachricht",
    limits: "Grenzen",
    usualLimit: "für alle gleich",
    perMinute: (count) => `${numbers.format(count)} in der Minute`,
    limitOfRole: "Grenze einer Rolle setzen …",
    questionsPerMinute: "Fragen in der Minute",
    limitHint: "Leer: wie für alle. Von mehreren Rollen zählt die höchste Grenze.",
    notALimit: "Das ist keine Zahl zwischen 1 und 1.000.",
  },
};
