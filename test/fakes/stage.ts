import type { Agent, AgentEvent, AgentRequest } from "../../src/core/agent.ts";
import { toFailure } from "../../src/core/failure.ts";

/** An agent that says what it is told to, when it is told to, to whoever asks at the time. */
export interface Stage {
  readonly answer: Agent["answer"];
  /** What it was asked, in order. */
  readonly asked: readonly AgentRequest[];
  say(...events: readonly AgentEvent[]): void;
  fail(error: Error): void;
}

export function createStage(): Stage {
  const { readable, writable } = new TransformStream<AgentEvent, AgentEvent>({}, { highWaterMark: 100 });
  const writer = writable.getWriter();
  const asked: AgentRequest[] = [];
  return {
    asked,
    async *answer(request) {
      asked.push(request);
      const reader = readable.getReader();
      const ended = untilAborted(request.signal);
      try {
        for (;;) {
          const { value: event } = await Promise.race([reader.read(), ended]);
          if (event === undefined) return;
          yield event;
          if (event.type === "answer") return;
        }
      } finally {
        reader.releaseLock();
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

function untilAborted(signal: AbortSignal): Promise<never> {
  const ended = Promise.withResolvers<never>();
  const end = () => ended.reject(toFailure(signal.reason));
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  ended.promise.catch(() => {});
  return ended.promise;
}
