import type { Agent, AgentEvent } from "../../src/core/agent.ts";

/** An agent that says what it is told to, when it is told to. */
export interface Stage {
  readonly answer: Agent["answer"];
  say(...events: readonly AgentEvent[]): void;
  fail(error: Error): void;
}

export function createStage(): Stage {
  const { readable, writable } = new TransformStream<AgentEvent, AgentEvent>({}, { highWaterMark: 100 });
  const writer = writable.getWriter();
  return {
    async *answer() {
      for await (const event of readable) {
        yield event;
        if (event.type === "answer") return;
      }
    },
    say(...events) {
      for (const event of events) void writer.write(event);
    },
    fail(error) {
      void writer.abort(error);
    },
  };
}
