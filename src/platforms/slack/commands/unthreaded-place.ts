import { z } from "zod";
import type { ReplyAddress } from "../../../core/message.ts";
import type { ReplyPlace } from "../reply-place.ts";

const unthreadedSchema = z.object({
  channel: z.string(),
  user: z.string(),
  /** Whether only the asker sees the reply. */
  isPrivate: z.boolean(),
  /** Kept only where Footnote can write in no other way; worthless after 30 minutes. */
  responseUrl: z.url().optional(),
});

/** Where a reply goes that stands in no thread. */
export type UnthreadedPlace = Readonly<z.infer<typeof unthreadedSchema>>;

/** `undefined` for the address of a reply in a thread. */
export function toUnthreadedPlace(address: ReplyAddress): UnthreadedPlace | undefined {
  return unthreadedSchema.safeParse(address).data;
}

/** As it is stored: a reply place like every other, of a thread that Slack does not know. */
export function toUnthreadedAddress(
  place: ReplyPlace,
  { isPrivate, responseUrl }: Pick<UnthreadedPlace, "isPrivate" | "responseUrl">,
): ReplyAddress & ReplyPlace {
  return { ...place, isPrivate, ...(responseUrl !== undefined && { responseUrl }) };
}
