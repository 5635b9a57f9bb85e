import type { Identity } from "./inbound.ts";
import type { SlackApi } from "./slack-api.ts";

/** The workspaces where Footnote is installed, by their team's id. */
export interface Workspaces {
  /** Calls in the name of Footnote there. They fail with `delivery-failed` where it is not installed (any more). */
  api(team: string): SlackApi;
  /** Who Footnote is there; known once Slack can be reached. @throws {Failure} `delivery-failed` where it is not installed */
  identity(team: string): Promise<Identity>;
}
