/**
 * What an irregular form of an English word is a form of, since no stemmer knows that "wrote" belongs to "write". Forms that are
 * words of their own besides are left out, such as "found", "left" and "saw".
 * @param word lower case
 */
export function regularForm(word: string): string {
  return FORMS.get(word) ?? word;
}

const FORMS: ReadonlyMap<string, string> = new Map(
  `
  ate eaten eat, beaten beat, became become, began begun begin, bitten bite, blew blown blow, broke broken break, bred breed,
  brought bring, built build, bought buy, caught catch, chose chosen choose, came come, dealt deal, died dies dying die,
  drew drawn draw, drank drunk drink, drove driven drive, dug dig, fallen fall, fed feed, fled flee, flew flown fly,
  fought fight, forbade forbidden forbid, forgot forgotten forget, froze frozen freeze, gave given give, went gone go,
  grew grown grow, hung hang, heard hear, held hold, hidden hide, kept keep, knew known know, led lead, lent lend, lost lose,
  made make, meant mean, met meet, paid pay, ran run, ridden ride, risen rise, rang rung ring, said say, sang sung sing,
  sank sunk sink, sent send, shaken shook shake, shone shine, shot shoot, shown show, slept sleep, slid slide, sold sell,
  sought seek, spent spend, spoke spoken speak, stole stolen steal, stood stand, struck stricken strike, sworn swore swear,
  swam swum swim, swept sweep, took taken take, taught teach, told tell, threw thrown throw, torn tear, understood understand,
  woken woke wake, won win, worn wore wear, woven wove weave, wrote written write,
  men man, women woman, children child, feet foot, teeth tooth, geese goose, mice mouse
  `
    .split(",")
    .flatMap((group) => {
      const words = group.trim().split(/\s+/);
      return words.slice(0, -1).map((form) => [form, words.at(-1)!] as const);
    }),
);
