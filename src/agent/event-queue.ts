/** Hands events from a producer that does not wait to one consumer that does. */
export class EventQueue<T> implements AsyncIterable<T> {
  readonly #events: T[] = [];
  #outcome: { readonly error?: unknown } | undefined;
  #wake: () => void = () => {};

  push(event: T): void {
    this.#events.push(event);
    this.#wake();
  }

  /** The last event. */
  end(event: T): void {
    this.#outcome = {};
    this.push(event);
  }

  /** What the consumer gets once it has had all events. */
  fail(error: unknown): void {
    this.#outcome = { error };
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) yield event;
      else if (this.#outcome === undefined) await new Promise<void>((resolve) => (this.#wake = resolve));
      else if ("error" in this.#outcome) throw this.#outcome.error;
      else return;
    }
  }
}
