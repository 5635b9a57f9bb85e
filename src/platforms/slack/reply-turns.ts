export interface ReplyTurn {
  /**
   * Resolves once whoever wrote the reply before has nothing on its way to Slack any more: what it was posting can be found from
   * then on.
   */
  readonly begun: Promise<unknown>;
  /** Nothing is on its way, nor will be. */
  end(): void;
}

/** Who writes the reply to an exchange, in this process: a question that is changed is answered anew at once. */
export interface ReplyTurns {
  /** @param atRest resolves when nothing is on its way to Slack */
  take(exchange: string, atRest: () => Promise<unknown>): ReplyTurn;
}

export function createReplyTurns(): ReplyTurns {
  const writers = new Map<string, () => Promise<unknown>>();
  return {
    take(exchange, atRest) {
      const before = writers.get(exchange);
      writers.set(exchange, atRest);
      return {
        begun: before?.() ?? Promise.resolve(),
        end() {
          if (writers.get(exchange) === atRest) writers.delete(exchange);
        },
      };
    },
  };
}
