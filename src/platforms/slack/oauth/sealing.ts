import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { Failure } from "../../../core/failure.ts";

const CIPHER = "aes-256-gcm";
/** NIST SP 800-38D: 96 random bits, and the whole tag. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** First byte of what is sealed: another way of sealing gets another. */
const VERSION = 1;

/** What is kept of a workspace is worthless to whoever reads the database. */
export interface Sealing {
  /** Base64url of version, nonce, ciphertext and tag. */
  seal(team: string, text: string): string;
  /** @throws {Failure} `invalid-config` for what was sealed with another secret, or for another team */
  unseal(team: string, sealed: string): string;
}

/** AES-256-GCM with a key that is derived from the secret, so that the same secret may sign states as well. */
export function createSealing(secret: string): Sealing {
  const key = deriveKey(secret, "footnote slack installation");
  return {
    seal(team, text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(boundTo(team));
      const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), nonce, ciphertext, cipher.getAuthTag()]).toString("base64url");
    },
    unseal(team, sealed) {
      const bytes = Buffer.from(sealed, "base64url");
      const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
      const ciphertext = bytes.subarray(1 + NONCE_BYTES, -TAG_BYTES);
      try {
        if (bytes[0] !== VERSION) throw new Error("sealed in a way of another version");
        const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(boundTo(team));
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        return decipher.update(ciphertext, undefined, "utf8") + decipher.final("utf8");
      } catch (cause) {
        throw new Failure("invalid-config", "installations cannot be read: SLACK_STATE_SECRET has changed", { cause });
      }
    },
  };
}

/** A key of its own for every purpose (RFC 5869). */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", purpose, 32));
}

/** A row that was copied to another team's place cannot be read there. */
function boundTo(team: string): Buffer {
  return Buffer.of(VERSION, ...Buffer.from(`slack:${team}`));
}
