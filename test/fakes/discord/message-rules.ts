import { z } from "zod";
import { FLAG, hasFlag, type Fields } from "./entities.ts";
import { checkComponents } from "./component-rules.ts";
import { embedsSchema } from "./embed-rules.ts";
import { invalid, Refusal } from "./refusal.ts";
import { coded, snowflake } from "./validation.ts";

/** Docs, *Allowed Mentions Object*. */
const allowedMentionsSchema = z
  .object({
    parse: z.array(z.enum(["users", "roles", "everyone"])).optional(),
    users: z.array(snowflake).max(100).optional(),
    roles: z.array(snowflake).max(100).optional(),
    replied_user: z.boolean().optional(),
  })
  .superRefine(({ parse = [], ...lists }, context) => {
    for (const kind of ["users", "roles"] as const) {
      if (!parse.includes(kind) || (lists[kind] ?? []).length === 0) continue;
      const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      context.addIssue({
        code: "custom",
        path: [],
        message,
        params: { code: "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE" },
      });
    }
  });
export type AllowedMentions = z.output<typeof allowedMentionsSchema>;

/** Flags an app may set on a message it writes (docs, *Create Message*). */
const SETTABLE = FLAG.suppressEmbeds | FLAG.suppressNotifications | FLAG.componentsV2;

const flagsSchema = (settable: number) =>
  z.int().refine((flags) => (flags & ~settable) === 0, { ...coded("BASE_TYPE_CHOICES"), error: "Invalid flags" });

const attachmentsSchema = z
  .array(
    z.object({
      id: z.coerce.string(),
      filename: z.string().max(260).optional(),
      description: z.string().max(1024).nullish(),
    }),
  )
  .max(10);

const shared = {
  content: z.string().max(2000).nullish(),
  embeds: embedsSchema.nullish(),
  components: z.array(z.looseObject({ type: z.int() })).nullish(),
  allowed_mentions: allowedMentionsSchema.nullish(),
  attachments: attachmentsSchema.nullish(),
};

/** `POST /channels/:channel/messages` (docs, *Create Message*). */
export const newMessageSchema = z.object({
  ...shared,
  nonce: z.union([z.string().max(25), z.int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  tts: z.boolean().nullish(),
  flags: flagsSchema(SETTABLE).nullish(),
  message_reference: z
    .object({
      type: z.int().optional(),
      message_id: snowflake,
      channel_id: snowflake.optional(),
      guild_id: snowflake.optional(),
      fail_if_not_exists: z.boolean().optional(),
    })
    .nullish(),
});
export type NewMessageBody = z.output<typeof newMessageSchema>;

/** `PATCH` of a message, anywhere. */
export const editSchema = z.object({
  ...shared,
  flags: flagsSchema(FLAG.suppressEmbeds | FLAG.componentsV2).nullish(),
});
export type EditBody = z.output<typeof editSchema>;

/** What a response to an interaction, or a follow-up, may say. */
export const replySchema = z.object({
  ...shared,
  tts: z.boolean().nullish(),
  flags: flagsSchema(SETTABLE | FLAG.ephemeral).nullish(),
});
export type ReplyBody = z.output<typeof replySchema>;

/** What holds of a message as a whole, once it would be as given. */
export function checkMessage(message: {
  readonly content: string;
  readonly embeds: readonly Fields[];
  readonly components: readonly Fields[];
  readonly attachments: readonly unknown[];
  readonly flags: number;
}): void {
  const { content, embeds, components, attachments, flags } = message;
  const isV2 = hasFlag(flags, FLAG.componentsV2);
  if (isV2 && content !== "") {
    throw invalid(
      "content",
      "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
      "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
    );
  }
  if (isV2 && embeds.length > 0) {
    throw invalid(
      "embeds",
      "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
      "The 'embeds' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
    );
  }
  checkComponents(components, isV2);
  const isEmpty = content.trim() === "" && embeds.length === 0 && attachments.length === 0;
  if (isEmpty && components.length === 0) throw new Refusal(50006);
}
