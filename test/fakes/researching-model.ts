import { z } from "zod";
import type { ModelTurn } from "./model-turn.ts";

/** Arguments by the name of the tool. */
export type ToolCalls = Readonly<Record<string, object>>;

const chatBody = z.object({
  messages: z.array(
    z.object({
      role: z.string(),
      content: z.union([z.string(), z.null()]).optional(),
      tool_calls: z.array(z.unknown()).optional(),
    }),
  ),
});

type Message = z.infer<typeof chatBody>["messages"][number];

/**
 * A model that calls these tools, one round after the other, and then answers. `[=words]` in the answer stands for the number of the
 * latest source that holds these words, as a model would have read it in the tools' results.
 */
export function researching(rounds: readonly ToolCalls[], answer: string): (body: unknown) => ModelTurn {
  return (body) => {
    const messages = sinceQuestion(chatBody.parse(body).messages);
    const round = messages.filter(({ role, tool_calls: calls }) => role === "assistant" && calls !== undefined).length;
    const calls = rounds[round];
    if (calls === undefined)
      return { text: answer.replace(/\[=([^\]]+)\]/g, (_, words: string) => mark(messages, words)) };
    return { toolCalls: Object.entries(calls).map(([name, args]) => ({ name, arguments: args })) };
  };
}

/** What a model is asked: the last message of the user. */
export function questionIn(body: unknown): string {
  return chatBody.parse(body).messages.findLast(({ role }) => role === "user")?.content ?? "";
}

function sinceQuestion(messages: readonly Message[]): readonly Message[] {
  return messages.slice(messages.findLastIndex(({ role }) => role === "user") + 1);
}

function mark(messages: readonly Message[], words: string): string {
  const sources = messages.flatMap(({ content }) => [
    ...(content ?? "").matchAll(/<source n="(\d+)"[^>]*>([^<]*)<\/source>/g),
  ]);
  const found = sources.findLast(([, , text]) => text?.includes(words));
  if (found === undefined) throw new Error(`no source says “${words}”`);
  return `[${found[1]}]`;
}
