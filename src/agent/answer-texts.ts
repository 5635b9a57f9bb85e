import type { Answer } from "../core/reply.ts";
import { languageOf } from "./language-of.ts";

type Limit = NonNullable<Answer["limit"]>;

/** What Footnote itself says in an answer, in one language. */
export interface AnswerTexts {
  readonly lookingUp: (wiki: string) => string;
  readonly searching: (wiki: string) => string;
  readonly reading: (title: string) => string;
  readonly noSource: (wiki: string) => string;
  readonly nearest: string;
  readonly ambiguous: string;
  /** Behind an answer that is only the best so far. */
  readonly notes: Readonly<Record<Limit, string>>;
  /** Why nothing was found. */
  readonly whyNothing: Readonly<Record<Limit, string>>;
  /** What Footnote does, for whoever greets it, thanks it or asks for help. */
  readonly introduction: (wiki: string) => readonly string[];
  readonly hello: string;
  readonly welcome: string;
}

/** Of the language a question is asked in; English where that is not known, or none of ours. */
export function textsFor(question: string): AnswerTexts {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(question)) return japanese;
  const language = GREETINGS.find(([greeting]) => greeting.test(question))?.[1] ?? languageOf(question, CLEAR);
  return TEXTS[language ?? "en"] ?? english;
}

/** So many common words tell a language. */
const CLEAR = 2;

/** What is said in one word. */
const GREETINGS: readonly (readonly [RegExp, string])[] = [
  [/^\W*(?:danke|vielen dank|dank|hallo|moin|servus|guten|hilfe|hilf)\b/iu, "de"],
  [/^\W*(?:gracias|muchas gracias|hola|buenos|buenas|ayuda|ayúdame)\b/iu, "es"],
  [/^\W*(?:merci|bonjour|bonsoir|salut|aide)\b/iu, "fr"],
];

/** Wikis without a name of their own are called in English: `the handbook wiki`. */
const named = (wiki: string, otherwise: string): string => (wiki.startsWith("the ") ? otherwise : wiki);

const english: AnswerTexts = {
  lookingUp: (wiki) => `Looking it up in ${wiki}…`,
  searching: (wiki) => `Searching ${wiki}…`,
  reading: (title) => `Reading “${title}”…`,
  noSource: (wiki) => `I found no source for this in ${wiki}.`,
  nearest: "The nearest articles:",
  ambiguous: "That can mean several things. Which one do you mean?",
  notes: {
    rounds: "This is as far as I came with the look-ups I may make for one question.",
    deadline: "This is as far as I came in the time I may take.",
    "model-unavailable": "The language model can't be reached just now, so these are quotations.",
    "broke-off": "The language model broke off here.",
    tokens: "The language model has done its share for today, so these are quotations.",
  },
  whyNothing: {
    rounds: "I have made all the look-ups I may make for one question.",
    deadline: "I have taken all the time I may take.",
    "model-unavailable": "The language model can't be reached just now, so I could only search.",
    "broke-off": "The language model broke off.",
    tokens: "The language model has done its share for today, so I could only search.",
  },
  introduction: (wiki) => [
    `Ask me a question, and I look it up in ${wiki}.`,
    "Every sentence of my answer points to the passage it rests on; where there is none, I say so.",
    "Follow-up questions can be short: I know what we were talking about.",
  ],
  hello: "Hello!",
  welcome: "You're welcome!",
};

const german: AnswerTexts = {
  lookingUp: (wiki) => `Ich schlage in ${named(wiki, "diesem Wiki")} nach …`,
  searching: (wiki) => `Ich durchsuche ${named(wiki, "dieses Wiki")} …`,
  reading: (title) => `Ich lese „${title}“ …`,
  noSource: (wiki) => `Dafür habe ich in ${named(wiki, "diesem Wiki")} keine Quelle gefunden.`,
  nearest: "Am nächsten kommen diese Artikel:",
  ambiguous: "Das kann mehreres bedeuten. Was meinst du?",
  notes: {
    rounds: "So weit bin ich mit den Suchen gekommen, die ich für eine Frage habe.",
    deadline: "So weit bin ich in der Zeit gekommen, die ich habe.",
    "model-unavailable": "Das Sprachmodell ist gerade nicht zu erreichen, deshalb sind das Zitate.",
    "broke-off": "Hier ist das Sprachmodell abgebrochen.",
    tokens: "Das Sprachmodell hat für heute genug getan, deshalb sind das Zitate.",
  },
  whyNothing: {
    rounds: "Mehr Suchen habe ich für eine Frage nicht.",
    deadline: "Mehr Zeit habe ich nicht.",
    "model-unavailable": "Das Sprachmodell ist gerade nicht zu erreichen, deshalb konnte ich nur suchen.",
    "broke-off": "Das Sprachmodell ist abgebrochen.",
    tokens: "Das Sprachmodell hat für heute genug getan, deshalb konnte ich nur suchen.",
  },
  introduction: (wiki) => [
    `Stell mir eine Frage, und ich schlage in ${named(wiki, "diesem Wiki")} nach.`,
    "Jeder Satz meiner Antwort nennt die Stelle, auf der er beruht; wo es keine gibt, sage ich das.",
    "Weitere Fragen dürfen kurz sein: Ich weiß, worum es ging.",
  ],
  hello: "Hallo!",
  welcome: "Gern geschehen!",
};

const spanish: AnswerTexts = {
  lookingUp: (wiki) => `Lo busco en ${named(wiki, "este wiki")}…`,
  searching: (wiki) => `Busco en ${named(wiki, "este wiki")}…`,
  reading: (title) => `Leo «${title}»…`,
  noSource: (wiki) => `No he encontrado ninguna fuente para esto en ${named(wiki, "este wiki")}.`,
  nearest: "Los artículos más cercanos:",
  ambiguous: "Eso puede significar varias cosas. ¿A cuál te refieres?",
  notes: {
    rounds: "Hasta aquí he llegado con las búsquedas que puedo hacer para una pregunta.",
    deadline: "Hasta aquí he llegado en el tiempo que tengo.",
    "model-unavailable": "Ahora mismo no se puede acceder al modelo de lenguaje, así que esto son citas.",
    "broke-off": "El modelo de lenguaje se ha interrumpido aquí.",
    tokens: "El modelo de lenguaje ya ha hecho bastante por hoy, así que esto son citas.",
  },
  whyNothing: {
    rounds: "He hecho todas las búsquedas que puedo hacer para una pregunta.",
    deadline: "He agotado el tiempo que tengo.",
    "model-unavailable": "Ahora mismo no se puede acceder al modelo de lenguaje, así que solo he podido buscar.",
    "broke-off": "El modelo de lenguaje se ha interrumpido.",
    tokens: "El modelo de lenguaje ya ha hecho bastante por hoy, así que solo he podido buscar.",
  },
  introduction: (wiki) => [
    `Hazme una pregunta y la busco en ${named(wiki, "este wiki")}.`,
    "Cada frase de mi respuesta señala el pasaje en que se apoya; donde no hay ninguno, lo digo.",
    "Las preguntas siguientes pueden ser cortas: sé de qué hablábamos.",
  ],
  hello: "¡Hola!",
  welcome: "¡De nada!",
};

const french: AnswerTexts = {
  lookingUp: (wiki) => `Je cherche dans ${named(wiki, "ce wiki")}…`,
  searching: (wiki) => `Je parcours ${named(wiki, "ce wiki")}…`,
  reading: (title) => `Je lis « ${title} »…`,
  noSource: (wiki) => `Je n’ai trouvé aucune source à ce sujet dans ${named(wiki, "ce wiki")}.`,
  nearest: "Les articles les plus proches :",
  ambiguous: "Cela peut désigner plusieurs choses. Laquelle ?",
  notes: {
    rounds: "Voilà où j’en suis avec les recherches permises pour une question.",
    deadline: "Voilà où j’en suis dans le temps imparti.",
    "model-unavailable": "Le modèle de langage est injoignable pour l’instant : ce sont des citations.",
    "broke-off": "Le modèle de langage s’est interrompu ici.",
    tokens: "Le modèle de langage en a assez fait pour aujourd’hui : ce sont des citations.",
  },
  whyNothing: {
    rounds: "J’ai fait toutes les recherches permises pour une question.",
    deadline: "Le temps imparti est écoulé.",
    "model-unavailable": "Le modèle de langage est injoignable pour l’instant, je n’ai donc pu que chercher.",
    "broke-off": "Le modèle de langage s’est interrompu.",
    tokens: "Le modèle de langage en a assez fait pour aujourd’hui, je n’ai donc pu que chercher.",
  },
  introduction: (wiki) => [
    `Pose-moi une question, et je cherche dans ${named(wiki, "ce wiki")}.`,
    "Chaque phrase de ma réponse indique le passage sur lequel elle repose ; quand il n’y en a pas, je le dis.",
    "Les questions suivantes peuvent être courtes : je sais de quoi nous parlions.",
  ],
  hello: "Bonjour !",
  welcome: "Avec plaisir !",
};

const japanese: AnswerTexts = {
  lookingUp: (wiki) => `${named(wiki, "このウィキ")}で調べています…`,
  searching: (wiki) => `${named(wiki, "このウィキ")}を検索しています…`,
  reading: (title) => `「${title}」を読んでいます…`,
  noSource: (wiki) => `${named(wiki, "このウィキ")}には出典が見つかりませんでした。`,
  nearest: "近い記事：",
  ambiguous: "いくつかの意味が考えられます。どれのことですか？",
  notes: {
    rounds: "一つの質問で調べられる回数の上限に達したため、ここまでの結果です。",
    deadline: "時間の上限に達したため、ここまでの結果です。",
    "model-unavailable": "現在、言語モデルにつながらないため、引用でお答えしています。",
    "broke-off": "言語モデルの応答がここで途切れました。",
    tokens: "言語モデルの本日の利用枠を使い切ったため、引用でお答えしています。",
  },
  whyNothing: {
    rounds: "一つの質問で調べられる回数を使い切りました。",
    deadline: "時間の上限に達しました。",
    "model-unavailable": "現在、言語モデルにつながらないため、検索のみ行いました。",
    "broke-off": "言語モデルの応答が途切れました。",
    tokens: "言語モデルの本日の利用枠を使い切ったため、検索のみ行いました。",
  },
  introduction: (wiki) => [
    `質問していただければ、${named(wiki, "このウィキ")}で調べます。`,
    "回答の一文ごとに、根拠となる箇所を示します。根拠がないときは、そうお伝えします。",
    "続けての質問は短くてかまいません。話の流れは覚えています。",
  ],
  hello: "こんにちは！",
  welcome: "どういたしまして！",
};

const TEXTS: Readonly<Record<string, AnswerTexts>> = { de: german, es: spanish, fr: french };
