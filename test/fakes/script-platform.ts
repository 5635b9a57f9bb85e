import type { Said } from "../../src/core/exchange.ts";
import type { Platform, ReplyTarget } from "../../src/core/platform.ts";
import { type ReplySink, renderAnswer, renderSentence } from "../../src/core/reply.ts";

/** A platform that writes down what a reader of its threads would see. */
export interface ScriptPlatform extends Platform {
  /** How replies ended, in order. */
  readonly shown: string[];
  /** Sentences as they came, too. */
  readonly written: string[];
  /** What replies were opened to. */
  readonly opened: ReplyTarget[];
  /** Resolves once so many replies are shown. */
  shows(count: number): Promise<void>;
}

export interface ScriptPlatformOptions {
  /** Runs before an answer is shown. */
  readonly deliver?: () => Promise<void>;
  /** Runs before a reply is taken away. */
  readonly retract?: () => Promise<void>;
  /** Reads what was said before. */
  readonly readContext?: () => Promise<readonly Said[] | undefined>;
}

const atOnce = () => Promise.resolve();

export function scriptPlatform({
  deliver = atOnce,
  retract = atOnce,
  readContext,
}: ScriptPlatformOptions = {}): ScriptPlatform {
  const shown: string[] = [];
  const written: string[] = [];
  const opened: ReplyTarget[] = [];
  const waiting = new Set<() => void>();

  function show(text: string): void {
    shown.push(text);
    written.push(text);
    for (const look of waiting) look();
  }

  const sink: ReplySink = {
    status: () => Promise.resolve(),
    source: () => Promise.resolve(),
    async append(sentence) {
      written.push(renderSentence(sentence));
    },
    async finish(answer) {
      await deliver();
      show(renderAnswer(answer));
      return {};
    },
    async fail(kind) {
      show(`failed: ${kind}`);
      return {};
    },
    async retract() {
      await retract();
      show("retracted");
    },
  };

  return {
    name: "http",
    shown,
    written,
    opened,
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
    openReply(exchange) {
      opened.push(exchange);
      return sink;
    },
    ...(readContext === undefined ? {} : { readContext }),
  };
}
