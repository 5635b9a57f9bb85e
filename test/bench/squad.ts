import { readFile } from "node:fs/promises";
import { z } from "zod";

/** A question of a collection in SQuAD's format. */
export interface BenchQuestion {
  readonly text: string;
  /** Of the article that holds the answer. */
  readonly title: string;
  /** Any of them will do; none when the collection has no answer (SQuAD 2.0). */
  readonly gold: readonly string[];
}

const squad = z.object({
  data: z.array(
    z.object({
      title: z.string(),
      paragraphs: z.array(
        z.object({
          qas: z.array(z.object({ question: z.string(), answers: z.array(z.object({ text: z.string() })) })),
        }),
      ),
    }),
  ),
});

export async function readQuestions(file: string): Promise<BenchQuestion[]> {
  const { data } = squad.parse(JSON.parse(await readFile(file, "utf8")));
  return data.flatMap(({ title, paragraphs }) =>
    paragraphs.flatMap(({ qas }) =>
      qas.map(({ question, answers }) => ({ text: question, title, gold: answers.map(({ text }) => text) })),
    ),
  );
}

/** As SQuAD's own evaluation compares: lower case, without punctuation, articles and footnote marks. */
export function normalize(text: string): string {
  return text
    .replace(/\[\d+\]/g, " ")
    .toLowerCase()
    .replace(/[\p{P}\p{S}]/gu, "")
    .replace(/\b(a|an|the)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

export function sameTitle(a: string, b: string): boolean {
  return a.replaceAll("_", " ") === b.replaceAll("_", " ");
}
