import { Failure } from "../../../core/failure.ts";
import type { Log } from "../../../core/log.ts";
import { untilAnswered } from "../../until-answered.ts";
import { createSlackApi, type SlackApi } from "../slack-api.ts";
import { SlackRefusal } from "../slack-error.ts";
import type { Installation, Kept, KeptInstallations } from "./kept-installations.ts";
import type { SlackOAuth } from "./slack-oauth.ts";

/** So long another replica's installation, or its end, may go unnoticed where Slack does not tell. */
const REMEMBERED_MS = 60_000;
/** Tokens live for twelve hours: there are two more for trying again when Slack is away. */
const ROTATED_AHEAD_MS = 2 * 3_600_000;
const ROTATED_AGAIN_MS = 60_000;
/** Slack's words for an installation that has ended, rather than for one that is not served just now. */
const ENDED: readonly string[] = ["account_inactive", "token_revoked"];
/** Any other refusal may be a trouble of Slack's own. */
const TRIED_AGAIN_MS = 10 * 60_000;

export interface InstalledWorkspaceOptions {
  readonly team: string;
  readonly kept: KeptInstallations;
  readonly oauth: Pick<SlackOAuth, "refresh">;
  readonly apiUrl: string;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

export interface InstalledWorkspace {
  readonly api: SlackApi;
  /** @throws {Failure} `delivery-failed` where Footnote is not installed (any more), `invalid-config`, `store-unavailable` */
  installation(): Promise<Installation>;
  /** It was installed just now. */
  forget(): void;
}

/** One workspace, whether or not Footnote is installed there. Its limits of calls are its own, and outlast its tokens. */
export function createInstalledWorkspace(options: InstalledWorkspaceOptions): InstalledWorkspace {
  const { team, kept, oauth, apiUrl, signal } = options;
  const log = options.log.child({ team });
  let known: Kept | undefined;
  let knownUntil = 0;
  /** What Slack has no use for, until something else is kept or the time has come to try again. */
  let refused: { readonly sealed: string; readonly until: number } | undefined;
  let isUnreadable = false;
  let reading: Promise<void> | undefined;
  let rotating: Promise<void> | undefined;
  let rotateAgainAt = 0;

  function remember(found: Kept | undefined): void {
    known = found;
    knownUntil = Date.now() + REMEMBERED_MS;
    isUnreadable = false;
  }

  async function read(): Promise<void> {
    try {
      remember(await kept.find(team));
    } catch (error) {
      if (error instanceof Failure && error.kind === "invalid-config") {
        if (!isUnreadable) log.error({ err: error }, "installation cannot be read: Footnote must be installed again");
        isUnreadable = true;
        known = undefined;
      }
      throw error;
    }
  }

  function reread(): Promise<void> {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  function isRefused(sealed: string): boolean {
    return refused?.sealed === sealed && Date.now() < refused.until;
  }

  async function installation(): Promise<Installation> {
    if (known === undefined || isRefused(known.sealed) || Date.now() > knownUntil) {
      await reread().catch((error: unknown) => {
        // While the database is away, what was known goes on.
        if (known === undefined) throw error;
      });
    }
    if (known === undefined) throw new Failure("delivery-failed", `Footnote is not installed in ${team}`);
    if (isRefused(known.sealed)) throw new Failure("delivery-failed", `Slack refuses the token of ${team}`);
    return known.installation;
  }

  async function token(): Promise<string> {
    const { token: present, rotation } = await installation();
    if (rotation === undefined || rotation.expiresAt - Date.now() > ROTATED_AHEAD_MS) return present;
    if (Date.now() < rotateAgainAt) return present;
    try {
      await rotate(present);
    } catch (error) {
      rotateAgainAt = Date.now() + ROTATED_AGAIN_MS;
      log.warn({ err: error }, "token not rotated: the present one serves until it expires");
    }
    return known?.installation.token ?? present;
  }

  function rotate(old: string): Promise<void> {
    rotating ??= replace(old).finally(() => {
      rotating = undefined;
    });
    return rotating;
  }

  /** Puts another token in the place of `old`, unless another replica has done so. */
  async function replace(old: string): Promise<void> {
    const given: Installation[] = [];
    try {
      const found = await kept.update(team, async (before) => {
        if (before.token !== old || before.rotation === undefined) return before;
        const fresh = { ...before, ...(await oauth.refresh(before.rotation.refreshToken)) };
        given.push(fresh);
        return fresh;
      });
      remember(found);
    } catch (error) {
      const [fresh] = given;
      if (fresh === undefined) throw error;
      // Slack gives it once: it must get into the store, however long that takes.
      await untilAnswered(() => kept.keep(fresh), signal);
      await read();
    }
    if (given.length > 0) log.info({}, "token rotated");
  }

  async function renew(old: string, code: string): Promise<boolean> {
    await read();
    if (known === undefined) return false;
    const { sealed, installation: present } = known;
    if (present.token !== old) return true;
    if (code === "token_expired" && present.rotation !== undefined) {
      try {
        await rotate(old);
        return true;
      } catch (error) {
        if (!(error instanceof SlackRefusal) || error.code !== "invalid_refresh_token") throw error;
      }
    }
    await turnOff(sealed, code);
    return false;
  }

  async function turnOff(sealed: string, code: string): Promise<void> {
    if (isRefused(sealed)) return;
    const hasEnded = ENDED.includes(code);
    refused = { sealed, until: hasEnded ? Number.POSITIVE_INFINITY : Date.now() + TRIED_AGAIN_MS };
    log.error({ code }, "Slack refuses the token of a workspace: Footnote is off there until it is installed again");
    if (hasEnded) await kept.remove(team, sealed);
  }

  return {
    api: createSlackApi({ credentials: { token, renew }, apiUrl, log }),
    installation,
    forget() {
      knownUntil = 0;
    },
  };
}
