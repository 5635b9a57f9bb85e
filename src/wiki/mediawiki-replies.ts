import { z } from "zod";
import { Failure } from "../core/failure.ts";
import { siteInfo } from "./mediawiki-site.ts";

export const parseReply = z.object({
  parse: z.object({
    title: z.string(),
    revid: z.number(),
    text: z.string(),
    properties: z.record(z.string(), z.unknown()).optional(),
    redirects: z.array(z.object({ from: z.string() })).optional(),
  }),
});
/** What the wiki says of itself may come along. */
export const searchReply = z.object({
  query: z.looseObject({ search: z.array(z.object({ title: z.string(), snippet: z.string().optional() })) }),
});
export const siteReply = z.object({ query: siteInfo });
/** No `pages` when the wiki knows none of the revisions. */
export const revisionsReply = z.object({
  query: z.object({
    pages: z
      .array(
        z.object({
          revisions: z.array(z.object({ revid: z.number(), timestamp: z.iso.datetime() })).optional(),
        }),
      )
      .optional(),
  }),
});
export const openSearchReply = z.tuple([z.string(), z.array(z.string())]).rest(z.unknown());

/** @throws {Failure} `wiki-unavailable`; where the shape is wrong is told by our own names, never by the reply's words */
export function expectShape<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const place = result.error.issues[0]?.path
    .filter((part) => typeof part === "number" || /^[a-z]+$/.test(String(part)))
    .join(".");
  throw new Failure("wiki-unavailable", `the wiki's reply has an unexpected shape at ${place || "its top"}`);
}

/** What `read` makes of a page's markup. @throws {Failure} `wiki-unavailable` for markup that nests deeper than the stack is high */
export function readMarkup<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) {
      throw new Failure("wiki-unavailable", "the wiki's reply is malformed", { cause: error });
    }
    throw error;
  }
}
