import type { App } from "@slack/bolt";
import type { Identity } from "./inbound.ts";
import type { SlackApi } from "./slack-api.ts";
import type { SlackRoute } from "./slack-route.ts";

/** The workspaces where Footnote is installed, by their team's id. */
export interface Workspaces {
  /** Calls in the name of Footnote there. They fail with `delivery-failed` where it is not installed (any more). */
  api(team: string): SlackApi;
  /** Who Footnote is there; known once Slack can be reached. @throws {Failure} `delivery-failed` where it is not installed */
  identity(team: string): Promise<Identity>;
}

/** How Footnote comes to its workspaces: by one token, or by OAuth. */
export interface Tenancy extends Workspaces {
  /** Learns what must be known before events can be taken, in one attempt; says so for the log. @throws {SlackRefusal} @throws {SlackSilence} */
  meet(signal: AbortSignal): Promise<object>;
  /** As `identity`, for an event: nobody is waited for. @throws {Failure} `store-unavailable` too */
  recognise(team: string): Promise<Identity>;
  /** What it must hear of itself. */
  addListeners(app: App): void;
  readonly routes: readonly SlackRoute[];
  /** Ends all waiting. */
  stop(): void;
}
