import { Failure } from "../core/failure.ts";
import type { z } from "zod";

/** A place in a list, as text that callers pass back and do not look into. */
export function toCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** @throws {Failure} `invalid-input` for anything but a cursor of this list */
export function fromCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch (error) {
    throw new Failure("invalid-input", "not a cursor of this list", { cause: error });
  }
}
