/** What some models write around their thinking, where their server does not keep it apart. */
const OPENING = /<(think|thinking|thought|reasoning|reflection)>/i;

const CLOSING = /<\/(?:think|thinking|thought|reasoning|reflection)>/i;

/** The beginning of a tag that may go on in the next piece. */
const UNFINISHED_TAG = /<\/?[a-z]{0,10}$/i;

/** A model's text as it arrives, without what it thinks aloud: `<think>Let me see.</think>`. */
export class WithoutThoughts {
  #buffer = "";
  /** Of the thought that is under way. */
  #closing: string | undefined;

  /** Takes in a piece of the text. */
  push(delta: string): void {
    this.#buffer += delta;
  }

  /** Whether what was said up to here was a thought as well: some servers leave out the tag that opens it. Tells so once. */
  takesBack(): boolean {
    const closing = this.#closing === undefined ? CLOSING.exec(this.#buffer) : null;
    if (closing === null || (OPENING.exec(this.#buffer)?.index ?? Number.POSITIVE_INFINITY) < closing.index)
      return false;
    this.#buffer = this.#buffer.slice(closing.index + closing[0].length);
    return true;
  }

  /** What of the text is no thought, as far as that is known. */
  said(): string {
    let said = "";
    for (;;) {
      if (this.#closing === undefined) {
        const opening = OPENING.exec(this.#buffer);
        if (opening === null) return said + this.#take(UNFINISHED_TAG.exec(this.#buffer)?.index);
        said += this.#take(opening.index);
        this.#closing = `</${opening[1]!.toLowerCase()}>`;
      }
      const end = this.#buffer.toLowerCase().indexOf(this.#closing);
      if (end < 0) return said;
      this.#buffer = this.#buffer.slice(end + this.#closing.length);
      this.#closing = undefined;
    }
  }

  /** What was held back; of a thought that never ended, nothing. */
  end(): string {
    return this.#closing === undefined ? this.#take() : "";
  }

  #take(length = this.#buffer.length): string {
    const taken = this.#buffer.slice(0, length);
    this.#buffer = this.#buffer.slice(length);
    return taken;
  }
}
