import { webApi } from "@slack/bolt";
import { Silence } from "../until-answered.ts";

/** Slack has answered, and the call had no effect. `code` is Slack's own word, such as `channel_not_found`. */
export class SlackRefusal extends Error {
  override readonly name = "SlackRefusal";
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(`Slack refused: ${code}`, options);
    this.code = code;
  }
}

/** No sensible answer came: the call may have had its effect or not. */
export class SlackSilence extends Silence {}

/** What Slack says when it had trouble of its own: the call may have had its effect all the same. */
const TROUBLE: readonly string[] = [
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
];

/** The token is worth nothing any more, or never was. */
const REVOKED: readonly string[] = [
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
  "team_disabled",
  "user_removed_from_team",
];

export function isRevoked(error: unknown): error is SlackRefusal {
  return error instanceof SlackRefusal && REVOKED.includes(error.code);
}

/** The web API client's errors, as what they mean for whoever called. */
export function toSlackError(error: unknown): SlackRefusal | SlackSilence {
  if (error instanceof webApi.WebAPIPlatformError && !TROUBLE.includes(error.data.error)) {
    return new SlackRefusal(error.data.error, { cause: error });
  }
  return new SlackSilence("Slack gave no sensible answer", { cause: error });
}
