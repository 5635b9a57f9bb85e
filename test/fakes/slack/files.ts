import type { Block, Fields } from "./entities.ts";
import { Refusal } from "./refusal.ts";

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  /** Bytes it is to have. */
  readonly length: number;
  /** The bot's user who uploaded it: nobody else may show it. */
  readonly owner: string;
  /** As they were uploaded. */
  readonly bytes?: Buffer;
  readonly isComplete: boolean;
}

/** What apps upload: first an address, then the bytes, then word that it is all (docs, *Working with files*). */
export class Files {
  readonly #address: (path: string) => string;
  readonly #files = new Map<string, SlackFile>();

  constructor(address: (path: string) => string) {
    this.#address = address;
  }

  all(): SlackFile[] {
    return [...this.#files.values()];
  }

  open(owner: string, name: string, length: number): { readonly id: string; readonly url: string } {
    const id = `F0FILE${String(this.#files.size + 1).padStart(4, "0")}`;
    this.#files.set(id, { id, name, length, owner, isComplete: false });
    return { id, url: this.#address(`/upload/${id}`) };
  }

  /** @throws {Refusal} */
  receive(path: string, bytes: Buffer): void {
    const file = this.#files.get(path.slice("/upload/".length));
    if (file === undefined || file.isComplete) throw new Refusal("invalid_upload", path);
    if (bytes.length !== file.length) throw new Refusal("length_mismatch", `${bytes.length} of ${file.length} bytes`);
    this.#files.set(file.id, { ...file, bytes });
  }

  /** @throws {Refusal} `file_not_found` */
  complete(owner: string, id: string): SlackFile {
    const file = this.#files.get(id);
    if (file?.owner !== owner || file.bytes === undefined) throw new Refusal("file_not_found", id);
    const complete = { ...file, isComplete: true };
    this.#files.set(id, complete);
    return complete;
  }

  /** @throws {Refusal} in Slack's words, when an image is a file that this user may not show. */
  checkImages(blocks: readonly Block[], user: string): void {
    for (const [index, { type, slack_file: shown }] of blocks.entries()) {
      if (type !== "image" || shown === undefined) continue;
      const file = this.#files.get(String((shown as Fields)["id"]));
      if (file?.isComplete === true && file.owner === user) continue;
      const detail = `invalid slack file [json-pointer:/blocks/${index}/slack_file]`;
      throw new Refusal("invalid_blocks", detail, { response_metadata: { messages: [`[ERROR] ${detail}`] } });
    }
  }
}
