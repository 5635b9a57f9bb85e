/** The part of pino that Footnote uses: fields first, then a constant message. No text of a user at info, no token ever. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Log;
}
