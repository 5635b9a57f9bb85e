import type { LocalizationMap } from "discord.js";

/** A command's or an option's name and description, by locale. Names: 32 lower-case letters, digits, `-` and `_`; descriptions: 100 characters. */
interface Texts {
  readonly name: string;
  readonly name_localizations: LocalizationMap;
  readonly description: string;
  readonly description_localizations: LocalizationMap;
}

function texts(name: Translated, description: Translated): Texts {
  const [english, ...names] = name;
  const [inEnglish, ...descriptions] = description;
  return {
    name: english,
    name_localizations: localized(names),
    description: inEnglish,
    description_localizations: localized(descriptions),
  };
}

/** English, German, Spanish, French, Japanese. */
type Translated = readonly [en: string, de: string, es: string, fr: string, ja: string];

function localized([de, es, fr, ja]: readonly string[]): LocalizationMap {
  return { de, "es-ES": es, "es-419": es, fr, ja };
}

export const WIKI = texts(
  ["wiki", "wiki", "wiki", "wiki", "wiki"],
  [
    "Answers from the wiki, with footnotes",
    "Antworten aus dem Wiki, mit Fußnoten",
    "Respuestas de la wiki, con notas al pie",
    "Réponses tirées du wiki, avec notes de bas de page",
    "ウィキから脚注付きで回答します",
  ],
);

export const ASK = texts(
  ["ask", "fragen", "preguntar", "demander", "質問"],
  ["Ask a question", "Eine Frage stellen", "Hacer una pregunta", "Poser une question", "質問する"],
);

export const QUESTION = texts(
  ["question", "frage", "pregunta", "question", "質問"],
  ["What you want to know", "Was du wissen möchtest", "Lo que quieres saber", "Ce que tu veux savoir", "知りたいこと"],
);

export const ARTICLE = texts(
  ["article", "artikel", "articulo", "article", "記事"],
  [
    "The article the question is about",
    "Der Artikel, um den es geht",
    "El artículo del que trata la pregunta",
    "L’article sur lequel porte la question",
    "質問の対象となる記事",
  ],
);

export const LANGUAGE = texts(
  ["language", "sprache", "idioma", "langue", "言語"],
  [
    "The language of the wiki to ask",
    "Die Sprache des Wikis, das gefragt wird",
    "El idioma de la wiki consultada",
    "La langue du wiki interrogé",
    "質問するウィキの言語",
  ],
);

export const PRIVATE = texts(
  ["private", "privat", "privado", "prive", "非公開"],
  [
    "Show the answer to you alone",
    "Die Antwort nur dir zeigen",
    "Mostrar la respuesta solo a ti",
    "Ne montrer la réponse qu’à toi",
    "回答を自分だけに表示する",
  ],
);

export const STATS = texts(
  ["wikistats", "wikistats", "wikistats", "wikistats", "wikistats"],
  [
    "How Footnote is doing: cache, database, answers",
    "Wie es Footnote geht: Cache, Datenbank, Antworten",
    "Cómo va Footnote: caché, base de datos, respuestas",
    "Comment va Footnote : cache, base de données, réponses",
    "Footnoteの状態：キャッシュ、データベース、回答",
  ],
);

export const SETTINGS = texts(
  ["settings", "einstellungen", "ajustes", "reglages", "設定"],
  [
    "What I do in this server. For those who manage it",
    "Was ich in diesem Server tue. Für alle, die ihn verwalten",
    "Lo que hago en este servidor. Para quien lo administra",
    "Ce que je fais dans ce serveur. Pour les personnes qui le gèrent",
    "このサーバーでの動作を設定します（管理者向け）",
  ],
);

/** In the menu of a message, where names are free and descriptions are none. */
export const LOOK_UP = {
  name: "Look it up",
  name_localizations: localized(["Nachschlagen", "Consultar en la wiki", "Chercher dans le wiki", "ウィキで調べる"]),
};
