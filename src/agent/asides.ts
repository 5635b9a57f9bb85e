/**
 * What models say beside their answers. A sentence that only says what the sources lack claims nothing of the world, so it needs no
 * footnote. It must be nothing else: behind a comma a claim could follow.
 */
export function isAboutSources(text: string): boolean {
  return text.length <= LONGEST && ABOUT_SOURCES.some((pattern) => pattern.test(text));
}

/** `Sure!` */
export function isFiller(text: string): boolean {
  return FILLER.test(text);
}

const LONGEST = 200;

const ABOUT_SOURCES = [
  /^(?:(?:however|but|unfortunately),? )?(?:the|these|those|my) (?:\p{L}+ )?(?:sources?|passages?|articles?|texts?) (?:(?:I (?:have|found)|here|above|provided|given|available) )?(?:do(?:es)?|did)(?: not|n['’]t) (?:say|mention|state|specify|give|tell|explain|provide|contain|include|name|answer|describe|discuss|indicate|address|cover)(?![\p{L}-])[^,;:]*$/iu,
  /^(?:(?:jedoch|leider) )?(?:die|diese|meine) (?:\p{L}+ )?(?:quellen|artikel|texte) (?:sagen|nennen|erwähnen|enthalten|beantworten|geben) (?:[^,;:]* )?(?:nichts?|keine?[nrs]?)(?! nur)(?: [^,;:]*)?[.]?$/iu,
  /^(?:(?:cependant|malheureusement),? )?les (?:sources|articles|textes) (?:\p{L}+ )?ne (?:disent|mentionnent|précisent|indiquent|donnent|contiennent|nomment|expliquent|répondent|parlent) (?:pas|rien)(?! seulement)[^,;:]*$/iu,
  /^(?:(?:sin embargo|lamentablemente),? )?(?:las fuentes|los artículos|los textos) (?:\p{L}+ )?no (?:dicen|mencionan|indican|especifican|contienen|dan|nombran|explican|responden|hablan)(?!\p{L}| solo| sólo)[^,;:]*$/iu,
  /^(?:出典|資料|情報源|記事)(?:に|は|では|には)[^、。]*(?:ない|ません(?:でした)?)[。]?$/u,
];

const FILLER =
  /^(?:sure(?: thing)?|certainly|of course|absolutely|great question|good question|gern(?:e)?|natürlich|klar|bien sûr|claro|por supuesto|もちろんです|はい)[!.,。！]*$/iu;
