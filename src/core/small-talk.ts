/**
 * Whether a message is thanks, a greeting, applause, a yes, or emoji, and nothing else. It must be made of such phrases as a whole:
 * what could be a question or a title to look up is none. English, German, Spanish, French, Japanese, and the commonest phrases of
 * some others.
 */
export function isSmallTalk(text: string): boolean {
  if (QUESTION_MARK.test(text)) return false;
  const said = text.replace(MENTION, " ").replace(EMOJI, " ").replace(EMOTICON, " ");
  if (/\p{N}/u.test(said)) return false;
  const words = said.toLowerCase().replaceAll("’", "'").match(WORD) ?? [];
  if (words.length === 0) return text.trim() !== "" && /^[\s\p{P}]*$/u.test(said);
  if (/^\s*\p{Lu}/u.test(said) && words.length === 1 && ALSO_TITLES.has(words[0] ?? "") && !said.includes("!"))
    return false;
  return said.replace(WORD, "").replace(/[\s\p{P}]/gu, "") === "" && isMadeOfPhrases(words);
}

/**
 * Whether a message asks for something: by a question mark of any script, or by its first words. A statement may pass for a question
 * ("Have you seen this."), and a question that begins otherwise for none.
 */
export function looksLikeQuestion(text: string): boolean {
  const said = text.replace(MENTION, " ").replace(ADDRESS, " ");
  if (QUESTION_MARK.test(said) || JAPANESE_QUESTION.test(said)) return true;
  return said
    .replace(EXCLAMATION, "")
    .split(/[.!\n。！]+/u)
    .some((sentence) => asks(sentence.replace(OPENING, "")));
}

/** Greek's is a semicolon; U+037E is another code for it. */
const QUESTION_MARK = /[?？؟\u037e՞፧⁇⁈⁉‽⸮¿❓❔]|\p{Script=Greek};/u;
const MENTION = /<[@#!][^>]*>|(?<!\S)@[\p{L}\p{N}._-]+/gu;
const ADDRESS = /<?\b[a-z]+:\/\/\S+/giu;
/** Pictures, their names in Slack and Discord, and `+1`. */
const EMOJI =
  /<a?:\w+:\d+>|:[+-]?[a-z\d][a-z\d_+-]*:|\+1(?!\d)|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[#*\d]\ufe0f?\u20e3|\u200d|\ufe0f|[\u{e0020}-\u{e007f}]/gu;
const EMOTICON = /(?<!\S)(?:[:;=8x]['^-]?[()dpo3|/\\*]+|<3+|\^_*\^|\\o\/|¯\\_\(ツ\)_\/¯)(?!\S)/giu;
const WORD = /[\p{L}\p{M}']+/gu;

/** Letters may be drawn out: `soooo`, `thxxx`, `hahaha`. */
function isMadeOfPhrases(words: readonly string[]): boolean {
  const short = words.map((word) => (LAUGHTER.test(word) ? "lol" : word.replace(/(\p{L})\1{2,}/gu, "$1")));
  let hasCore = false;
  for (let at = 0; at < short.length;) {
    const length = [4, 3, 2, 1].find((count) => at + count <= short.length && isPhrase(short.slice(at, at + count)));
    if (length === undefined) return false;
    const phrase = short.slice(at, at + length).join(" ");
    hasCore ||= PHRASES.has(phrase) || JAPANESE.test(phrase);
    if (!hasCore && !LEADS.has(phrase)) return false;
    at += length;
  }
  return hasCore;
}

function isPhrase(words: readonly string[]): boolean {
  const phrase = words.join(" ");
  return PHRASES.has(phrase) || (words.length === 1 && (FILLERS.has(phrase) || JAPANESE.test(phrase)));
}

const LAUGHTER = /^(?:(?:ha|he|ah|ja|je|hi|eh){2,}[hj]?|lo+l+|rofl|lmao|lmfao|xd+|mdr|ptdr|jaja|hihi|ｗ+|w{4,}|笑+)$/u;

const listed = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s*[,\n]\s*/));

/** Towns and films too: alone, with a capital and without an exclamation mark they may be meant. */
const ALSO_TITLES = listed(
  "aha, brilliant, bravo, cheers, cool, fine, genial, great, guay, gut, hello, interesting, jo, k, klasse, later, morning, neat, nice, oh, perfect, prima, right, salut, si, sorry, spitze, stark, super, sure, sweet, toll, top, vale, wow, yo",
);

const PHRASES = listed(`
  thanks, thank you, thank u, thx, thnx, tx, ty, tysm, tyvm, cheers, much appreciated, appreciated, appreciate it, many thanks, thanks a lot
  ok, okay, k, kk, okey, okie, okay then, alright, all right, right, sure, sure thing, yes, yep, yeah, yup, no, nope, nah, agreed, fine
  got it, gotcha, i see, understood, makes sense, that makes sense, good to know, no problem, np, no worries, you're welcome, youre welcome, welcome back
  will do, sounds good, looks good, lgtm, sounds great, fair enough, never mind, nevermind, nvm, oh well
  cool, nice, great, awesome, amazing, perfect, excellent, brilliant, wonderful, fantastic, super, sweet, neat, impressive, interesting, wow, whoa, yay, woohoo, bravo
  lovely, love it, i love it, well done, nice one, nice work, good job, great job, good work, great work, very nice, very cool, so cool, how cool, how nice
  good bot, bad bot, clever bot, nice bot, good answer, great answer, nice answer
  lol, oh, ah, aha, oops, ouch, hm, hmm, mhm, omg, yikes, ooh, phew, sorry, my bad
  hi, hello, hey, heya, hiya, howdy, yo, good bye, good morning, good afternoon, good evening, good night, gm, gn, morning, hi there, hello there, hey there
  bye, goodbye, bye bye, see you, see ya, cya, later, see you later, see you soon, have a nice day, have a good day, good luck, congrats, congratulations
  danke, dankeschön, danke schön, danke sehr, danke dir, danke euch, vielen dank, besten dank, herzlichen dank, tausend dank, merci vielmals, dank dir, bitte, bitteschön, bitte schön, gerne, gern geschehen
  ja, jo, jep, jawohl, nein, nee, nö, klar, alles klar, na klar, genau, stimmt, verstanden, passt, in ordnung, geht klar, ach so, achso, aha
  super, toll, prima, klasse, cool, genial, großartig, wunderbar, sehr gut, sehr schön, schön, gut, perfekt, spitze, stark, krass, guter bot, braver bot, gut gemacht
  hallo, hallihallo, guten morgen, guten tag, guten abend, gute nacht, moin, servus, grüß gott, grüezi, tschüss, tschüs, ciao, bis dann, bis bald, bis später, auf wiedersehen
  gracias, muchas gracias, mil gracias, muchísimas gracias, gracias a todos, de nada, vale, sí, si, claro, de acuerdo, entendido, perfecto, genial, estupendo, excelente, buenísimo, qué bien, que bien, qué bueno, que bueno, guay, bien, muy bien, buen bot, buen trabajo
  hola, buenos días, buenos dias, buenas tardes, buenas noches, buenas, adiós, adios, hasta luego, hasta pronto, hasta mañana, saludos
  merci, merci beaucoup, merci bien, mille mercis, grand merci, je vous remercie, je te remercie, de rien, d'accord, daccord, oui, ouais, non, ça marche, ca marche, ok merci, bien sûr, compris, je vois
  parfait, génial, super, excellent, top, très bien, tres bien, bien joué, bon bot, gentil bot, bon travail, chouette
  bonjour, bonsoir, bonne nuit, bonne journée, bonne soirée, salut, coucou, au revoir, à bientôt, a bientot, à plus, à demain
  grazie, grazie mille, molte grazie, prego, va bene, obrigado, obrigada, muito obrigado, muito obrigada, valeu, bedankt, dank je, dank je wel, dankjewel, tack, tack så mycket, takk, tak, kiitos, dziękuję, dzięki, спасибо, спасибо большое, большое спасибо, привет, хорошо, ок, ладно, teşekkürler
  谢谢, 多谢, 謝謝, 好的, 你好, 哈哈, 감사합니다, 고마워요, 안녕하세요, ㅋㅋ, ㅎㅎ
  ありがとう, ありがとうございます, ありがとうございました, どうも, どうもありがとう, どうもありがとうございます, サンキュー, 感謝します, 了解, 了解です, 了解しました, 承知しました, わかりました, 分かりました
  はい, うん, ええ, いいえ, いえいえ, なるほど, なるほどね, そうですね, そうですか, オッケー, オーケー, いいね, いいですね, すごい, すごいね, すごいですね, 素晴らしい, すばらしい, 最高, やった, お疲れ様, お疲れ様です, お疲れさまです, よろしく, よろしくお願いします, ごめん, ごめんなさい, すみません, 笑
  こんにちは, こんばんは, おはよう, おはようございます, おやすみ, おやすみなさい, さようなら, またね, じゃあね, やあ, 助かります, 助かりました
`);

/** Fillers that may come before the first phrase. */
const LEADS = listed(
  "so, very, really, just, oh, and, my, that, that's, this, it, it's, is, was, sehr, das, ist, so, und, es, muy, y, c'est, très, et",
);

/** What goes with a phrase and says nothing alone. */
const FILLERS = listed(`
  so, very, much, a, lot, lots, again, everyone, everybody, all, guys, folks, team, friends, bot, footnote, really, just, then, too, and, for, that, this, it, the, your, help, info, is, was, that's, it's, you, me, man, mate, dude, my, very, answer, oh
  dir, euch, ihnen, sehr, so, für, die, das, den, hilfe, antwort, info, und, mal, dann, alle, zusammen, leute, ist
  a, todos, por, tu, su, la, el, ayuda, respuesta, y, muy, es, amigos
  à, tous, pour, ton, votre, aide, la, l'aide, réponse, et, c'est, beaucoup, très, bien, tout, le, monde
`);

const JAPANESE =
  /^(?:ありがとう|ございま(?:す|した)|どうも|なるほど|すごい|いいね|です|ね|よ|わ|さん|みなさん|本当に|とても)+$/u;

/** "What a day!", "How nice!" */
const EXCLAMATION = /(?<=^|[.!\n]\s*)(?:what an?|how|wie|quel(?:le)?|qué) [^.!\n]*!\s*$/iu;

/** What may stand before a question in its sentence. */
const OPENING =
  /^[\s\p{P}\p{S}]*(?:(?:(?:thanks|thank you|thx|ok|okay|hi|hello|hey|well|so|and|but|also|oh|please|pls|now|then|danke|hallo|und|aber|bitte|also|dann|hola|gracias|y|pero|por favor|bonjour|salut|merci|et|mais|alors|s'il (?:vous|te) plaît|footnote|there|bot)(?![\p{L}\p{M}'’]))[\s,;:–—-]*)*/iu;

function asks(sentence: string): boolean {
  return (
    QUESTION_WORDS.test(sentence) || AUXILIARIES.test(sentence) || IMPERATIVES.test(sentence) || INVERTED.test(sentence)
  );
}

const end = String.raw`(?![\p{L}\p{M}])`;
const any = (list: string): string =>
  `(?:${list
    .trim()
    .split(/\s*[,\n]\s*/)
    .join("|")})${end}`;

/** Perhaps behind a preposition: "By whom", "In which year", "Seit wann", "À quelle heure", "¿De quién". */
const QUESTION_WORDS = new RegExp(
  String.raw`^(?:(?:by|in|at|on|from|to|of|for|with|since|until|about|under|during|seit|bis|von|mit|in|auf|aus|zu|bei|für|um|an|à|a|de|en|dans|depuis|avec|pour|sur|desde|hasta|con|por|para|sobre)\s+)?` +
    any(`
      who, whom, whose, what, which, when, where, why, how, (?:who|what|where|when|how|why)['’]?s, what['’]?re
      wer, wen, wem, wessen, was, wann, wo, warum, wieso, weshalb, wie, welche[rsnm]?, woher, wohin, wof[üu]r, womit, wozu, worin, woraus, wodurch, worüber, inwiefern
      qué, quién(?:es)?, quien(?:es)?, cuándo, cuando, dónde, donde, adónde, cuál(?:es)?, cual(?:es)?, cuánt[oa]s?, cuant[oa]s?, cómo, por qué, por que, para qué
      qui, quoi, quand, où, pourquoi, comment, combien, quel(?:le)?s?, lequel, laquelle, lesquel(?:le)?s, est-ce, qu['’]est-ce, qu['’]est, c['’]est quoi
      chi, quando, dove, perché, quanto, quem, onde, por quê, wie, waar, wanneer, waarom, hoe, кто, что, когда, где, почему, зачем, как, сколько
    `),
  "iu",
);

/** Followed by somebody or something: "Is there", and not "Will do" or "Have a nice day". */
const AUXILIARIES =
  /^(?:(?:is|are|was|were|am|does|did|can|could|would|should|has|had|may|might|isn['’]t|aren['’]t|wasn['’]t|doesn['’]t|didn['’]t|can['’]t) (?!do\b|be\b|not\b|to\b|great\b|good\b|nice\b)\S+ \S|(?:do|will|have) (?:you|we|they|i|any|anyone|people|the|there|he|she|it|these|those|all|most|some) \S|(?:ist|sind|waren|gibt|kann|können|könntest|könnten|hat|haben|hatte|wurde|wurden|wird|darf|soll|muss) (?!nicht\b|gut\b|ok)\S+ \S|(?:es|son|fue|era|hay|existe|puede[ns]?|tiene[ns]?) (?:el|la|los|las|un|una|algún|alguna|verdad|posible|usted) \S)/iu;

/** "Y a-t-il", "Peux-tu", "Kyoto est-elle": a verb with its pronoun behind a hyphen. */
const INVERTED = /^(?:\S+ ){0,4}\p{L}+-(?:t-)?(?:il|elle|ils|elles|on|tu|vous|nous|ce)(?![\p{L}-])/iu;

const IMPERATIVES = new RegExp(
  `^${any(`
    tell (?:me|us), explain, describe, define, compare, list, name, show (?:me|us), give (?:me|us), summari[sz]e, find, look up, search(?: for)?, remind (?:me|us), translate
    erkläre?, erläutere, beschreibe?, definiere?, vergleiche?, nenne?, zeige? (?:mir|uns), sage? (?:mir|uns), erzähle? (?:mir|uns), liste, fasse?, gib (?:mir|uns), suche?, übersetze?
    explica, explíca(?:me|nos), explique, dime, dinos, dígame, cuénta(?:me|nos), describe, define, compara, enumera, lista, nombra, muéstra(?:me|nos), resume, busca
    explique[zr]?(?:-moi|-nous)?, dis-(?:moi|nous), dites-(?:moi|nous), raconte[zr]?(?:-moi|-nous)?, décris, décrivez, définis(?:sez)?, compare[zr]?, liste[zr]?, énumère, énumérez, nomme[zr]?, montre[zr]?(?:-moi|-nous)?, donne[zr]?(?:-moi|-nous)?, résume[zr]?, cherche[zr]?, parle[zr]?(?:-moi|-nous)
  `)}`,
  "iu",
);

/** Its question words stand anywhere, its question mark is a particle, and its requests come last. */
const JAPANESE_QUESTION =
  /(?:です|ます|でした|ました|ません|だろう|でしょう|だった|た|る|い|の)か[。！!\s]*$|何|なに|なん(?:です|で|の|人|年)|誰|だれ|どこ|いつ(?!も|か|の間)|なぜ|どうして|どう(?:です|やって|いう|なっ|すれ)|どの(?!よう)|どれ|どちら|どのよう|いくつ|いくら|(?:教え|説明し|比較し|まとめ|調べ|リストし)て|とは[。！!\s]*$/u;
