export interface SentEvent {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Server-sent events as they come; comments come as events of that name. */
export async function* readSse(response: Response): AsyncGenerator<SentEvent> {
  let buffered = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (buffered + chunk).split("\n\n");
    buffered = blocks.pop() ?? "";
    for (const block of blocks) yield parse(block);
  }
}

export async function allSse(response: Response): Promise<SentEvent[]> {
  return Array.fromAsync(readSse(response));
}

function parse(block: string): SentEvent {
  if (block.startsWith(":")) return { event: "comment", data: { text: block.slice(1).trim() } };
  const event = /^event: (.*)$/m.exec(block)?.[1] ?? "message";
  const data: unknown = JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? "null");
  return { event, data: Object(data) };
}
