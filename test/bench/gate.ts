/**
 * How often the citation gate lets honest claims and false ones through.
 *
 *     node test/bench/gate.ts QUESTIONS.json
 *
 * Real passages of a collection in SQuAD's format, with claims made from their own sentences, questions and answers by
 * rule. `--examples` shows the claims that were judged wrongly.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { CitationGate } from "../../src/agent/citation-gate.ts";
import { DraftReader } from "../../src/agent/draft.ts";
import { SourceList } from "../../src/agent/source-list.ts";
import type { Source } from "../../src/core/article.ts";
import { type Claim, claimsOf, type Paragraph } from "./gate-claims.ts";

const EXAMPLES = 6;

const squad = z.object({
  data: z.array(
    z.object({
      title: z.string(),
      paragraphs: z.array(
        z.object({
          context: z.string(),
          qas: z.array(z.object({ question: z.string(), answers: z.array(z.object({ text: z.string() })) })),
        }),
      ),
    }),
  ),
});

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { examples: { type: "boolean", default: false } },
});
const paragraphs = await readParagraphs(positionals[0] ?? "");
const started = performance.now();
const judged = paragraphs.flatMap((paragraph) =>
  claimsOf(paragraph, paragraphs).map((claim) => ({ claim, accepted: isAccepted(claim, paragraph) })),
);
const took = performance.now() - started;

const kinds = Map.groupBy(judged, ({ claim }) => `${claim.honest ? "honest" : "false"}: ${claim.kind}`);
for (const [kind, claims] of kinds) {
  const accepted = claims.filter((one) => one.accepted).length;
  console.log(
    `${kind.padEnd(56)} ${String(claims.length).padStart(5)}  ${(accepted / claims.length).toFixed(3)} accepted`,
  );
  if (!values.examples) continue;
  const wrong = claims.filter((one) => one.accepted !== one.claim.honest);
  const step = Math.max(1, Math.floor(wrong.length / EXAMPLES));
  for (const { claim } of wrong.filter((_, i) => i % step === 0).slice(0, EXAMPLES)) console.log(`    ${claim.text}`);
}
console.log(
  `${judged.length} claims, each with a new gate that reads its passage first: ${(took / judged.length).toFixed(2)} ms`,
);

async function readParagraphs(file: string): Promise<Paragraph[]> {
  const { data } = squad.parse(JSON.parse(await readFile(file, "utf8")));
  return data.flatMap(({ title, paragraphs: own }) =>
    own.map(({ context, qas }) => ({
      title: title.replaceAll("_", " "),
      text: context,
      questions: qas.map(({ question, answers }) => ({ question, answer: answers[0]?.text ?? "" })),
    })),
  );
}

/** Whether the claim is shown with its footnote, all of it. */
function isAccepted(claim: Claim, { title, text }: Paragraph): boolean {
  const url = "https://wiki.example/";
  const source: Source = { id: text, title, section: "", language: "en", revision: "1", url, text };
  const sources = new SourceList();
  sources.add(source);
  const gate = new CitationGate(sources);
  const reader = new DraftReader();
  for (const draft of [...reader.push(`${claim.text} [1]`), ...reader.end()]) gate.push(draft);
  gate.end();
  return gate.sentences.length > 0 && gate.sentences.every(({ verdict }) => verdict === "supported");
}
