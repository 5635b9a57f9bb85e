import { z } from "zod";

const url = z
  .string()
  .regex(/^(?:https?:\/\/\S+|attachment:\/\/\S+)$/)
  .max(2048);
const text = (max: number) => z.string().min(1).max(max);

/** Docs, *Embed Object* and *Embed limits*. */
const embedSchema = z.looseObject({
  title: z.string().max(256).optional(),
  description: z.string().max(4096).optional(),
  url: url.optional(),
  timestamp: z.string().optional(),
  color: z.int().min(0).max(0xffffff).optional(),
  footer: z.looseObject({ text: text(2048) }).optional(),
  image: z.looseObject({ url }).optional(),
  thumbnail: z.looseObject({ url }).optional(),
  author: z.looseObject({ name: text(256), url: url.optional() }).optional(),
  fields: z
    .array(z.object({ name: text(256), value: text(1024), inline: z.boolean().optional() }))
    .max(25)
    .optional(),
});
type Embed = z.output<typeof embedSchema>;

/** Characters of all embeds of a message together. */
const MAX_CHARACTERS = 6000;

export const embedsSchema = z
  .array(embedSchema)
  .max(10)
  .refine((embeds) => embeds.reduce((sum, embed) => sum + lengthOf(embed), 0) <= MAX_CHARACTERS, {
    params: { code: "MAX_EMBED_SIZE_EXCEEDED" },
    error: `Embed size exceeds maximum size of ${MAX_CHARACTERS}`,
  })
  .refine((embeds) => embeds.every(isSeen), {
    params: { code: "BASE_TYPE_REQUIRED" },
    error: "This field is required",
  });

function lengthOf({ title = "", description = "", footer, author, fields = [] }: Embed): number {
  const pieces = [title, description, footer?.text ?? "", author?.name ?? ""];
  return [...pieces, ...fields.flatMap(({ name, value }) => [name, value])].join("").length;
}

/** Discord refuses an embed without anything to see. */
function isSeen({ title, description, footer, author, fields = [], image, thumbnail }: Embed): boolean {
  return (
    [title, description, footer, author, image, thumbnail].some((part) => part !== undefined && part !== "") ||
    fields.length > 0
  );
}
