import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import type { Passage } from "../../src/core/article.ts";
import { readSections } from "../../src/wiki/article-sections.ts";
import { parseHtml } from "../../src/wiki/html.ts";

describe("a page of Wikipedia", () => {
  // Not named .html: a formatter would move the white space that the test is about.
  const html = readFileSync(new URL("pages/city.html.txt", import.meta.url), "utf8");
  const sections = readSections(parseHtml(html));

  it("is read into its sections, without those that only point elsewhere", () => {
    assert.deepEqual(
      sections.map(({ title, anchor, level }) => [title, anchor, level]),
      [
        ["", "", 1],
        ["History", "History", 2],
        ["20th century", "20th_century", 3],
        ["Climate & tides", "Climate_&_tides", 2],
        ["Notable people", "Notable_people", 2],
      ],
    );
  });

  it("begins with its first sentence, without marks, sounds and notes, and with powers as powers", () => {
    assert.deepEqual(sections[0]?.passages[0], {
      kind: "paragraph",
      text:
        "Velm (/vɛlm/; Arlenian: Velmä) is the capital of Arlenia. " +
        "It had 412,500 inhabitants in 2021 and lies on about 1.2×10⁷ m² of reclaimed land.",
    });
  });

  it("has the rows of its infobox after the text of the lead", () => {
    assert.deepEqual(textsOf(sections[0]?.passages, "infobox"), [
      "Capital city",
      "Coordinates: 54°12′N 11°30′E",
      "Country: Arlenia",
      "Founded: 1204",
      "Population (2021) – City: 412,500",
      "Population (2021) – Density: 4,910/km² (12,700/sq mi)",
      "Time zone: UTC+1 (CET)",
      "Twin towns: Ostrava, Porto (since 1990)",
      "Postal code: 1000–1099",
    ]);
    assert.equal(sections[0]?.passages.at(-1)?.kind, "infobox");
  });

  it("has tables with headings in two rows and cells that span", () => {
    assert.deepEqual(textsOf(sections[3]?.passages, "table"), [
      "Mean temperature – Month: January; Temperature (°C) High: 2.1; Temperature (°C) Low: −3.0",
      "Mean temperature – Month: July; Temperature (°C) High: 21.4; Temperature (°C) Low: 12.2",
      "Mean temperature – Month: August; Temperature (°C) High: 21.4",
    ]);
  });

  it("has formulas as TeX, once", () => {
    assert.equal(sections[3]?.passages[0]?.text, String.raw`The tide follows h=a\cos(\omega t) closely.`);
  });

  it("has indented lines as paragraphs, nested lists and definitions as lists", () => {
    assert.deepEqual(sections[2]?.passages, [
      { kind: "paragraph", text: "The port was rebuilt:" },
      {
        kind: "list",
        text: "in 1921, after the flood, in 1954, for container ships: north quay, south quay",
      },
      { kind: "list", text: "Velmer: a person from Velm; Velmish: of Velm" },
    ]);
  });
});

describe("the HTML of a page", () => {
  it("may have headings in either form", () => {
    const old =
      '<h2><span id="Ge.C3.B6"></span><span class="mw-headline" id="Geö">Geö</span><span class="mw-editsection">[edit]</span></h2><p>x</p>';
    const recent = '<div class="mw-heading mw-heading3"><h3 id="Flora">Flora</h3></div><p>y</p>';

    const [, first, second] = readSections(parseHtml(old + recent));

    assert.deepEqual([first?.anchor, first?.title, second?.anchor, second?.level], ["Geö", "Geö", "Flora", 3]);
  });

  it("may have text outside of any paragraph", () => {
    assert.deepEqual(textsOf(passagesOf("Bare <b>text</b><p>and more</p><div>boxed</div>")), [
      "Bare text",
      "and more",
      "boxed",
    ]);
  });

  it("may have an infobox made of divisions, in French or in Fandom's way", () => {
    const french =
      '<div class="infobox_v3 infobox"><div class="entete">Velm</div><table><tr><th>Pays</th><td>Arlénie</td></tr></table></div>';
    const fandom =
      '<aside class="portable-infobox"><h2 class="pi-title">Velm</h2><div class="pi-data"><h3>Ruler</h3><div class="pi-data-value">Ada</div></div></aside>';

    assert.deepEqual(textsOf(passagesOf(french + fandom), "infobox"), ["Pays: Arlénie", "Ruler: Ada"]);
  });

  it("may have tables that only arrange what is in them", () => {
    assert.deepEqual(passagesOf("<table><tr><td><p>left</p></td><td><ul><li>right</li></ul></td></tr></table>"), [
      { kind: "paragraph", text: "left" },
      { kind: "list", text: "right" },
    ]);
  });

  it("may have tables whose rows name themselves", () => {
    const table =
      '<table class="wikitable"><tr><th>Height</th><td>12 m</td></tr><tr><th>Age:</th><td>7</td></tr></table>';

    assert.deepEqual(textsOf(passagesOf(table)), ["Height: 12 m", "Age: 7"]);
  });

  it("may have tables with headings across, each for the rows below it", () => {
    const table =
      '<table class="wikitable"><tr><th colspan="2">Season 1</th></tr><tr><th>No.</th><th>Title</th></tr><tr><td>1</td><td>Pilot</td></tr>' +
      '<tr><td colspan="2">They meet.</td></tr><tr><th colspan="2">Season 2</th></tr><tr><td>2</td><td>Return</td></tr></table>';

    assert.deepEqual(textsOf(passagesOf(table)), [
      "Season 1 – No.: 1; Title: Pilot",
      "Season 1 – They meet.",
      "Season 2 – No.: 2; Title: Return",
    ]);
  });

  it("may have spans that no browser would believe", () => {
    const table =
      '<table class="wikitable"><tr><td rowspan="65534" colspan="1000">a</td></tr><tr><td>b</td></tr></table>';

    assert.equal(passagesOf(table).length, 2);
  });

  it("keeps a list of links where it is the article", () => {
    const html =
      '<p>Cities:</p><h2 id="A">A</h2><ul><li><a title="Aa">Aa</a></li></ul><h2 id="B">B</h2><ul><li><a title="Bb">Bb</a></li></ul>';

    assert.deepEqual(
      readSections(parseHtml(html)).map(({ title }) => title),
      ["", "A", "B"],
    );
  });

  it("continues a long list in another passage", () => {
    const items = Array.from({ length: 30 }, (_, index) => `<li>${"word ".repeat(19)}${index}</li>`);

    const passages = passagesOf(`<ul>${items.join("")}</ul>`);

    assert.equal(passages.length, 3);
    assert.ok(passages.every(({ text }) => text.length <= 1_100));
  });

  it("continues long text in another passage, of whole lines where they count", () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `<b>${row}</b> connected`);

    const passages = passagesOf(`<pre>${rows.join("\n")}</pre><p>${rows.join(". ")}</p>`);

    assert.ok(passages.every(({ text }) => text.length <= 3_000));
    assert.match(passages[1]?.text ?? "", /^\d+ connected\n.* connected$/s);
    assert.match(passages.at(-2)?.text ?? "", /^\d+ connected\. .* connected\.$/);
  });

  it("keeps the lines of code, wherever it stands", () => {
    const code = '<div class="mw-highlight"><pre><span>cd</span>  sim\n\n  npm ci\n</pre></div>';

    assert.deepEqual(passagesOf(`<p>Build:</p>${code}`), [
      { kind: "paragraph", text: "Build:" },
      { kind: "code", text: "cd sim\n  npm ci" },
    ]);
    assert.deepEqual(textsOf(passagesOf(`<ul><li>Build:${code}and wait</li><li>quay</li></ul>`)), [
      "Build:\ncd sim\nnpm ci\nand wait\nquay",
    ]);
    assert.deepEqual(textsOf(passagesOf(`<dl><dt>Build</dt><dd>${code}</dd></dl>`)), ["Build:\ncd sim\nnpm ci"]);
    assert.deepEqual(textsOf(passagesOf(`<table><tr><td>Build</td><td>${code}</td><td>quay</td></tr></table>`)), [
      "Build\ncd sim\nnpm ci\nquay",
    ]);
  });

  it("closes the gaps of what is left out, and no others", () => {
    const hidden = '<sup class="reference">[1]</sup>';
    const html = `<p>One (${hidden}; two) three ${hidden}, main (), four (${hidden}) uses .NET${hidden}. Cinq : six ;</p>`;

    assert.deepEqual(textsOf(passagesOf(html)), ["One (two) three, main (), four uses .NET. Cinq : six ;"]);
  });

  it("is read whatever it is", () => {
    for (const html of [
      "",
      "<",
      "</p></div>",
      "<table>",
      "<table><tr></tr></table>",
      "<ul></ul><dl></dl>",
      "<h2></h2>",
      "\u0000",
    ]) {
      assert.deepEqual(
        readSections(parseHtml(html)).flatMap(({ passages }) => passages),
        [],
      );
    }
  });

  it("is read however deep it is", () => {
    const html = `${"<div>".repeat(2_000)}deep${"</div>".repeat(2_000)}`;

    assert.deepEqual(textsOf(passagesOf(html)), ["deep"]);
  });
});

function passagesOf(html: string): readonly Passage[] {
  return readSections(parseHtml(html)).flatMap(({ passages }) => passages);
}

function textsOf(passages: readonly Passage[] = [], kind?: Passage["kind"]): string[] {
  return passages.filter((passage) => kind === undefined || passage.kind === kind).map(({ text }) => text);
}
