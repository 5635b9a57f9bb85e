/** Questions to the sample wiki, and what only the answer to each holds. */
export const QUESTIONS: readonly (readonly [question: string, answer: RegExp])[] = [
  ["When did Kyoto become the capital of Japan?", /made Kyoto the capital of Japan in 794/],
  ["How many hearts does an octopus have?", /three hearts/],
  ["Who built the Lighthouse of Alexandria?", /built in the third century BC/],
  ["How long does one solar day last on the planet Mercury?", /176 Earth days/],
  ["What is the Rosetta Stone?", /Rosetta Stone is a broken stone slab/],
];
