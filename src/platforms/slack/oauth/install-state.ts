import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { deriveKey } from "./sealing.ts";

/** Slack's codes live as long. */
export const STATE_LIFE_SECONDS = 600;

const BROWSER = /^[\w-]{43}$/;

/**
 * What goes with a browser to Slack and back. Without it, somebody could have another person's browser finish an installation that
 * they began themselves. Stateless, so that every replica can check it; Slack's code, which comes with it, works once.
 */
export interface InstallStates {
  issue(browser: string): string;
  check(state: string, browser: string | undefined): "ok" | "forged" | "expired" | "other-browser";
}

export function createInstallStates(secret: string): InstallStates {
  const key = deriveKey(secret, "footnote slack install state");
  const sign = (claim: string): string => createHmac("sha256", key).update(claim).digest("base64url");

  return {
    issue(browser) {
      const claim = `${Math.floor(Date.now() / 1_000) + STATE_LIFE_SECONDS}.${digest(browser)}`;
      return `${claim}.${sign(claim)}`;
    },
    check(state, browser) {
      const [expiresAt = "", owner = "", signature = ""] = state.split(".");
      if (!isSame(signature, sign(`${expiresAt}.${owner}`))) return "forged";
      if (Number(expiresAt) * 1_000 < Date.now()) return "expired";
      return browser !== undefined && isSame(owner, digest(browser)) ? "ok" : "other-browser";
    },
  };
}

/** What tells a browser from every other: only it knows. */
export function newBrowser(): string {
  return randomBytes(32).toString("base64url");
}

export function isBrowser(value: string | undefined): value is string {
  return value !== undefined && BROWSER.test(value);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** Digests are of equal length, so that comparing them tells nothing about what was expected. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(digest(given)), Buffer.from(digest(expected)));
}
