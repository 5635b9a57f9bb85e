import type { Term } from "./terms.ts";

/** What kind of thing a question asks for; `other` when its words do not tell. */
export type AnswerType = "name" | "time" | "quantity" | "other";

/** @param language BCP 47 primary subtag; a language without cues has only `other` */
export function answerTypeOf(question: string, language: string): AnswerType {
  const cues = CUES[language];
  if (cues === undefined) return "other";
  return (["time", "quantity", "name"] as const).find((type) => cues[type].test(question)) ?? "other";
}

/** How well a sentence can hold an answer of that type, 0 to 1: what the question itself says is no answer. */
export function holdsAnswer(type: AnswerType, terms: readonly Term[], asked: ReadonlySet<string>): number {
  if (type === "other") return 0;
  const { sure, likely } = ANSWERS[type];
  // The first word of a sentence is capitalised anyway.
  const news = terms.slice(type === "name" ? 1 : 0).filter(({ stem }) => !asked.has(stem));
  if (news.some(({ text }) => sure.test(text))) return 1;
  return news.some(({ text }) => likely?.test(text)) ? 0.7 : 0;
}

const YEAR = /^\p{N}{3,4}s?$/u;
const DAY =
  /^(\p{N}{1,2}(st|nd|rd|th)?|January|February|March|April|May|June|July|August|September|October|November|December|century|centuries)$/u;
const NUMERAL =
  /^(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|half|third|quarter|twice|percent|several)s?$/iu;

const ANSWERS: Readonly<Record<Exclude<AnswerType, "other">, { readonly sure: RegExp; readonly likely?: RegExp }>> = {
  time: { sure: YEAR, likely: DAY },
  quantity: { sure: /^\p{N}/u, likely: NUMERAL },
  name: { sure: /^\p{Lu}/u },
};

type Cues = Readonly<Record<Exclude<AnswerType, "other">, RegExp>>;

const CUES: Readonly<Record<string, Cues>> = {
  en: {
    time: /\b(when|(what|which) (\w+ )?(year|date|day|month|century|decade|time))\b/i,
    quantity:
      /\bhow (many|much|long|far|old|tall|large|big|high|deep|wide|fast|often|heavy)\b|\bwhat (percent\w*|number|amount|proportion|fraction)\b|\bpopulation\b/i,
    name: /\b(who|whom|whose|where|(what|which) (\w+ )?(city|country|state|place|region|location|river|town|county|continent|street))\b/i,
  },
  de: {
    time: /\b(wann|(welche[mnrs]?) (jahr|datum|tag|monat|jahrhundert|jahrzehnt))\b/i,
    quantity: /\b(wie ?(viele?|lange?|weit|alt|hoch|groß|tief|breit|schnell|oft|schwer)|prozent)\b/i,
    name: /\b(wer|wem|wen|wessen|wo|woher|wohin)\b/i,
  },
  fr: {
    time: /\b(quand|quelles? (année|date|jour|mois|siècle|décennie|époque))/i,
    quantity: /\b(combien|quel(le)? (âge|pourcentage|nombre|proportion|taille|distance|longueur|hauteur))/i,
    name: /\b(qui|où)\b/i,
  },
  es: {
    time: /(cuándo|qué (año|fecha|día|mes|siglo|década))/i,
    quantity: /(cuánt[oa]s?|qué (porcentaje|número|cantidad|proporción))/i,
    name: /(quién(es)?|dónde)/i,
  },
  it: {
    time: /\b(quando|(che|quale) (anno|data|giorno|mese|secolo|decennio))\b/i,
    quantity: /\b(quant[oaie]|(che|quale) (percentuale|numero))\b/i,
    name: /\b(chi|dove|dov)\b/i,
  },
  pt: {
    time: /(quando|que (ano|data|dia|mês|século|década))/i,
    quantity: /(quant[oa]s?|que (percentagem|porcentagem|número))/i,
    name: /(quem|onde)/i,
  },
  nl: {
    time: /\b(wanneer|welke? (jaar|datum|dag|maand|eeuw))\b/i,
    quantity: /\b(hoe ?(veel|lang|ver|oud|hoog|groot|diep|breed|snel|vaak))\b/i,
    name: /\b(wie|wiens|waar)\b/i,
  },
  ru: {
    time: /(когда|как(ом|ой) (году|дата|день|месяц|веке))/i,
    quantity: /(сколько|какой процент)/i,
    name: /(кто|кого|кому|где|куда)/i,
  },
  zh: {
    time: /(什么时候|何时|哪(一)?年|哪天|几年)/,
    quantity: /(多少|几个|多大|多长|多高|多远|百分之)/,
    name: /(谁|哪里|哪儿|何处)/,
  },
  ja: {
    time: /(いつ|何年|何月|何日|何世紀)/,
    quantity: /(いくつ|いくら|どのくらい|どれくらい|何人|何パーセント|何個)/,
    name: /(誰|だれ|どこ)/,
  },
};
