/** Something Discord refused, limited or warned about. */
export interface Fault {
  /** `POST /channels/:channel/messages`; `gateway` or `interaction` elsewhere. */
  readonly route: string;
  /** Discord's error code, 50013 and the like; the HTTP status where there is none, and the close code of the gateway. */
  readonly code: number;
  readonly detail: string;
}

/** A request to the API, with how it ended: `ok`, Discord's error code, or the trouble it met. */
export interface ApiCall {
  /** Virtual milliseconds since the epoch. */
  readonly at: number;
  readonly route: string;
  /** The path without `/api/v10`, with its query. */
  readonly path: string;
  readonly body: unknown;
  readonly outcome: string;
}
