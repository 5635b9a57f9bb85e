import type { Fields } from "./entities.ts";

/** Something the app may hear of, as it is before a session's intents are looked at. */
export interface GatewayEvent {
  /** `MESSAGE_CREATE` and the like. */
  readonly name: string;
  readonly data: Fields;
  /** Absent in direct messages. */
  readonly guild?: string;
  /** Whether its text is for those only who have the intent for it. */
  readonly needsContentIntent?: boolean;
}

/** One session of the app: it outlives its connection for as long as Discord waits for a RESUME. */
export interface GatewaySession {
  readonly id: string;
  readonly shard: readonly [id: number, count: number];
  readonly intents: number;
  readonly isConnected: boolean;
  /** Breaks the connection without a word, as networks do. */
  drop(): void;
  /** Closes the connection with a code of Discord's: 4000, 4004, 4009. */
  close(code: number): void;
  /** Asks the client to connect again and resume (opcode 7). */
  reconnect(): void;
  /** Declares the session invalid (opcode 9), as it is then unless it may be resumed. */
  invalidate(isResumable?: boolean): void;
  /** Makes a zombie of the connection: no more acks, no more events until the client connects again. */
  freeze(): void;
  /** Loses the session: a RESUME is answered with opcode 9. */
  forget(): void;
}

export interface Gateway {
  /** In the order they were opened; one that has ended is gone. */
  readonly sessions: readonly GatewaySession[];
  /** How often clients have identified, and resumed. */
  readonly identifies: number;
  readonly resumes: number;
}
