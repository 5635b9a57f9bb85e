import type { Fields } from "./entities.ts";
import type { GatewayEvent } from "./gateway.ts";
import type { MessageAt } from "./person.ts";

/** What became of an interaction. */
export interface Invoked {
  readonly id: string;
  readonly channel: string;
  /** What the app was told. */
  readonly event: GatewayEvent;
  /** Whether the app responded in time; if not, people see "The application did not respond". */
  readonly isAnswered: boolean;
  /** The message that the response wrote, or updated; absent when it only acknowledged, and for modals. */
  readonly reply?: MessageAt;
  /** The modal it opened. */
  readonly modal?: Fields;
}
