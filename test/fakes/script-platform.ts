import type { FailureKind } from "../../src/core/failure.ts";
import type { Platform } from "../../src/core/platform.ts";
import { type ReplySink, renderAnswer } from "../../src/core/reply.ts";

/** A platform that writes down what a reader of its threads would see at the end. */
export interface ScriptPlatform extends Platform {
  readonly shown: string[];
  /** Resolves once so many replies are shown. */
  shows(count: number): Promise<void>;
}

export function scriptPlatform({
  deliver = () => Promise.resolve(),
}: { readonly deliver?: () => Promise<void> } = {}): ScriptPlatform {
  const shown: string[] = [];
  const waiting = new Set<() => void>();

  function show(text: string): void {
    shown.push(text);
    for (const look of waiting) look();
  }

  const sink: ReplySink = {
    status: () => Promise.resolve(),
    source: () => Promise.resolve(),
    append: () => Promise.resolve(),
    async finish(answer) {
      await deliver();
      show(renderAnswer(answer));
      return {};
    },
    fail(kind: FailureKind) {
      show(`failed: ${kind}`);
      return Promise.resolve({});
    },
    retract() {
      show("retracted");
      return Promise.resolve();
    },
  };

  return {
    name: "http",
    shown,
    shows: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (shown.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    start: () => Promise.resolve(),
    pause: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    openReply: () => sink,
  };
}
