/**
 * Whether somebody wants to know what Footnote is or can do, or how it is, and says nothing else: no wiki knows. English, German,
 * Spanish, French and Japanese.
 */
export function asksForHelp(text: string): boolean {
  const said = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("’", "'")
    .replaceAll(/[^\p{L}\p{M}\p{N}']+/gu, " ")
    .trim()
    .replace(COURTESY, "");
  return FORMS.has(said);
}

/** In front of it, and behind it. */
const COURTESY =
  /^(?:(?:hi|hello|hey|ok|so|please|footnote|hallo|hola|bonjour|salut)(?: there)? )+(?=\S)|(?: (?:please|footnote|bitte|por favor|s'il (?:te|vous) plaît))+$/gu;

/** One line per language. */
const FORMS: ReadonlySet<string> = new Set(
  [
    "help, help me, i need help, can you help, can you help me, how can you help, how can you help me, what can you do, what can you do for me, what do you do, what do you know, what can i ask, what can i ask you, who are you, what are you, are you a bot, are you human, are you real, are you an ai, what is this, what's this, how do you work, how does this work, how do i use this, how do i use you, how are you, how are you doing, how's it going, what's up",
    "hilfe, hilf mir, kannst du mir helfen, was kannst du, was machst du, was weißt du, was kann ich fragen, was kann ich dich fragen, wer bist du, was bist du, bist du ein bot, was ist das, wie funktionierst du, wie funktioniert das, wie geht's, wie geht's dir, wie geht es dir",
    "ayuda, ayúdame, puedes ayudarme, qué puedes hacer, que puedes hacer, qué sabes hacer, qué puedo preguntar, qué puedo preguntarte, quién eres, quien eres, qué eres, qué es esto, cómo funcionas, cómo funciona, cómo funciona esto, cómo estás, como estas, qué tal, que tal",
    "aide, aide moi, à l'aide, peux tu m'aider, que peux tu faire, qu'est ce que tu peux faire, que sais tu faire, que puis je demander, qui es tu, qu'es tu, qu'est ce que c'est, comment ça marche, comment tu marches, comment ça va, comment vas tu, ça va",
    "ヘルプ, 助けて, 何ができますか, 何ができる, 何ができるの, あなたは誰ですか, あなたは誰, 使い方, 使い方を教えて, 元気ですか",
  ].flatMap((line) => line.normalize("NFKC").split(", ")),
);
