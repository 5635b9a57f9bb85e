import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createPassageFinder } from "../../src/wiki/find-passages.ts";
import { createMarkdownSource } from "../../src/wiki/markdown-source.ts";
import { silentLog } from "../fakes/log.ts";
import { page, plainWiki } from "../fakes/plain-wiki.ts";

test("A German question finds other forms of its words", async () => {
  const wiki = plainWiki([
    page("Ellerhafen", ["", "Ellerhafen liegt an der Küste.", "Die Kaufleute gründeten 1871 eine Schule."]),
  ]);
  const finder = createPassageFinder(wiki, { language: "de" });

  const { value } = await finder.find("Wann wurde die Schule von den Kaufleuten gegründet?");

  assert.equal(value.passages[0]?.source.text, "Die Kaufleute gründeten 1871 eine Schule.");
});

test("A question in another language than the wiki's usual one is read in its own", async () => {
  const wiki = plainWiki([page("Puerto Ellery", ["", "El faro es alto.", "Los pescadores construyeron el muelle."])]);
  const finder = createPassageFinder(wiki, { language: "en" });

  const { value } = await finder.find("¿Quiénes fueron los que construyeron el muelle?");

  assert.equal(value.passages[0]?.source.text, "Los pescadores construyeron el muelle.");
});

test("A Japanese question is cut into words", async () => {
  const wiki = plainWiki([page("京都", ["", "京都は日本の都市である。", "人口は約百四十万人である。"])]);
  const finder = createPassageFinder(wiki, { language: "ja" });

  const { value } = await finder.find("京都の人口は？", { titles: ["京都"] });

  assert.equal(value.passages[0]?.source.text, "人口は約百四十万人である。");
});

test("A question in a language without word lists works by its bare words", async () => {
  const wiki = plainWiki([page("Hà Nội", ["", "Hà Nội là thủ đô.", "Hồ Gươm nằm ở trung tâm."])]);
  const finder = createPassageFinder(wiki, { language: "vi" });

  const { value } = await finder.find("Hồ Gươm nằm ở đâu?");

  assert.equal(value.passages[0]?.source.text, "Hồ Gươm nằm ở trung tâm.");
});

test("A French question is answered from the right one of several articles", async () => {
  const wiki = plainWiki([
    page("Yser", ["", "L'Yser est un fleuve côtier."], ["Ponts", "Le pont de bois a brûlé en 1740."]),
    page(
      "Phare d'Ellery",
      ["", "Le phare d'Ellery éclaire la baie."],
      ["Histoire", "Les pêcheurs l'ont construit en 1871."],
    ),
  ]);
  const finder = createPassageFinder(wiki, { language: "fr" });

  const { value } = await finder.find("Quand les pêcheurs ont-ils construit le phare d'Ellery ?");

  assert.equal(value.passages[0]?.sentences[0]?.text, "Les pêcheurs l'ont construit en 1871.");
  assert.equal(value.relevant, true);
});

test("A Spanish question is answered from the right one of several articles", async () => {
  const wiki = plainWiki([
    page("Abeja albañil", ["", "Las abejas albañiles hacen nidos de barro. Cada hembra pone unos 20 huevos."]),
    page("Pulpo", ["", "El pulpo tiene tres corazones y ocho brazos. La hembra cuida sus huevos."]),
  ]);
  const finder = createPassageFinder(wiki, { language: "es" });

  const { value } = await finder.find("¿Cuántos corazones tiene un pulpo?");

  assert.equal(value.passages[0]?.sentences[0]?.text, "El pulpo tiene tres corazones y ocho brazos.");
  assert.equal(value.relevant, true);
});

test("A German question is answered from the right one of several articles", async () => {
  const wiki = plainWiki([
    page("Ellerhafen", ["", "Ellerhafen ist eine Stadt an der Küste."], ["Turm", "Der Turm ist 40 Meter hoch."]),
    page("Oktopus", ["", "Ein Oktopus ist ein Weichtier."], ["Körper", "Drei Herzen pumpen sein blaues Blut."]),
  ]);
  const finder = createPassageFinder(wiki, { language: "de" });

  const { value } = await finder.find("Wie viele Herzen hat ein Oktopus?");

  assert.equal(value.passages[0]?.sentences[0]?.text, "Drei Herzen pumpen sein blaues Blut.");
  assert.equal(value.relevant, true);
});

test("A Japanese question finds its article in a folder of Markdown", async (t) => {
  const dir = await mkdtemp(join(tmpdir(), "footnote-languages-"));
  t.after(() => rm(dir, { recursive: true }));
  await writeFile(join(dir, "tako.md"), "# タコ\n\nタコは海の動物である。タコには心臓が三つある。\n");
  await writeFile(join(dir, "kyoto.md"), "# 京都市\n\n京都市は日本の都市である。京都市の人口は約百四十万人である。\n");
  const source = createMarkdownSource({ dir, language: "ja", log: silentLog });
  const finder = createPassageFinder(source, { language: "ja" });

  const octopus = await finder.find("タコの心臓はいくつありますか？");
  const kyoto = await finder.find("京都市の人口は何人ですか？");

  assert.equal(octopus.value.passages[0]?.sentences[0]?.text, "タコには心臓が三つある。");
  assert.equal(octopus.value.relevant, true);
  assert.equal(kyoto.value.passages[0]?.sentences[0]?.text, "京都市の人口は約百四十万人である。");
  assert.equal(kyoto.value.relevant, true);
});
