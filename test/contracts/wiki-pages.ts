/** The wiki that every source is tried with. Wikitext, HTML and Markdown of it are made by test/support/wiki-pages.ts. */
export interface WikiPage {
  readonly title: string;
  /** The first paragraph; absent for a redirect. */
  readonly lead: string;
  readonly sections?: readonly WikiPageSection[];
  readonly redirectTo?: string;
  /** Makes it a disambiguation page: titles and what is said of them. */
  readonly choices?: readonly (readonly [title: string, description: string])[];
}

export interface WikiPageSection {
  readonly title: string;
  readonly paragraph: string;
  readonly items?: readonly string[];
  /** The first row holds the names of the columns. */
  readonly table?: readonly (readonly string[])[];
}

export const WIKI_PAGES: readonly WikiPage[] = [
  {
    title: "Mercury (planet)",
    lead: "Mercury is the first planet from the Sun. It has a diameter of 4,880 km.",
    sections: [
      { title: "Orbit", paragraph: "Mercury orbits the Sun every 88 days." },
      {
        title: "Surface & craters",
        paragraph: "The surface is heavily cratered.",
        items: ["plains between craters", "scarps"],
        table: [
          ["Crater", "Diameter (km)"],
          ["Caloris", "1,550"],
          ["Rembrandt", "715"],
        ],
      },
    ],
  },
  {
    title: "Mercury (element)",
    lead: "Mercury is a chemical element with the symbol Hg. It is also known as quicksilver.",
    sections: [{ title: "Uses", paragraph: "It was used in thermometers & barometers." }],
  },
  { title: "Quicksilver", lead: "", redirectTo: "Mercury (element)" },
  {
    title: "Mercury",
    lead: "Mercury may refer to:",
    choices: [
      ["Mercury (planet)", "the closest planet to the Sun"],
      ["Mercury (element)", "a liquid metal"],
    ],
  },
  { title: "AT&T", lead: "AT&T is a telephone company." },
  { title: "C++", lead: "C++ is a language with classes." },
  { title: "What?", lead: "What is asked by those who heard nothing." },
  { title: "100%", lead: "A hundred per cent is the whole." },
  { title: "Ångström", lead: "An ångström is a tenth of a nanometre." },
  { title: "東京", lead: "東京は日本の首都である。" },
];
