import { createHash, randomBytes } from "node:crypto";
import type { ThreadId } from "../../core/message.ts";
import { Problem } from "./problem.ts";

const OWN_PREFIX = "http:";

/** As a part of a URL's path these mean another path (URL Standard: dot segments), percent-encoded or not. */
const FOLDED_AWAY = /^\.{0,2}$/;

/**
 * Thread ids as callers write them. A bare id is one of this platform's; another platform's is written whole, and can be read and erased
 * but not written to.
 */
export interface ThreadIds {
  /** @throws {Problem} 400 for another platform's thread, and for an id that could be neither read nor erased */
  toWrite(id: string): ThreadId;
  toRead(id: string): ThreadId;
  /** Bare where that is read as the same thread again, else whole. */
  shown(thread: ThreadId): string;
}

/** @param otherPlatforms names whose threads are written whole */
export function createThreadIds(otherPlatforms: readonly string[]): ThreadIds {
  const isForeign = (id: string): id is ThreadId => otherPlatforms.some((name) => id.startsWith(`${name}:`));
  const toRead = (id: string) => (isForeign(id) ? id : own(id));
  return {
    toWrite(id) {
      if (isForeign(id)) throw new Problem(400, "invalid-input", "thread_id belongs to another platform.");
      if (FOLDED_AWAY.test(bare(own(id)))) {
        throw new Problem(400, "invalid-input", "thread_id: cannot stand in an address");
      }
      return own(id);
    },
    toRead,
    shown: (thread) => (toRead(bare(thread)) === thread ? bare(thread) : thread),
  };
}

function own(id: string): ThreadId {
  return `${OWN_PREFIX}${bare(id)}`;
}

function bare(id: string): string {
  return id.startsWith(OWN_PREFIX) ? id.slice(OWN_PREFIX.length) : id;
}

/** Twelve URL-safe characters: at random, or the same ones for the same key, so that a repeated request finds the thread it began. */
export function newThreadId(key: string | undefined): string {
  const bytes = key === undefined ? randomBytes(9) : createHash("sha256").update(`thread\0${key}`).digest();
  return bytes.toString("base64url").slice(0, 12);
}
