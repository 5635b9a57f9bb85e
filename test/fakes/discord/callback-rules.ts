import { z } from "zod";
import { FLAG } from "./entities.ts";
import { replySchema } from "./message-rules.ts";
import { coded } from "./validation.ts";

/** Docs, *Interaction Callback Type*. */
export const CALLBACK = { message: 4, deferMessage: 5, deferUpdate: 6, update: 7, choices: 8, modal: 9 } as const;

const customId = z.string().min(1).max(100);

const choiceSchema = z.object({
  name: z.string().min(1).max(100),
  name_localizations: z.record(z.string(), z.string()).nullish(),
  value: z.union([z.string().min(1).max(100), z.number()]),
});
export type Choice = Pick<z.output<typeof choiceSchema>, "name" | "value">;

const textInputSchema = z.object({
  type: z.literal(4),
  custom_id: customId,
  style: z.literal([1, 2]),
  label: z.string().max(45).optional(),
  min_length: z.int().min(0).max(4000).optional(),
  max_length: z.int().min(1).max(4000).optional(),
  required: z.boolean().optional(),
  value: z.string().max(4000).optional(),
  placeholder: z.string().max(100).optional(),
});
const selectSchema = z.looseObject({ type: z.literal([3, 5, 6, 7, 8]), custom_id: customId });
const modalPartSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal(1), components: z.array(textInputSchema).length(1) }),
  z.object({ type: z.literal(10), content: z.string() }),
  z.object({
    type: z.literal(18),
    label: z.string().min(1).max(45),
    description: z.string().max(100).optional(),
    component: z.union([textInputSchema, selectSchema]),
  }),
]);
const modalSchema = z.object({
  custom_id: customId,
  title: z.string().min(1).max(45),
  components: z.array(modalPartSchema).refine((parts) => parts.length >= 1 && parts.length <= 5, {
    ...coded("BASE_TYPE_BAD_LENGTH"),
    error: "Must be between 1 and 5 in length.",
  }),
});

const data = replySchema.default({});

/** `POST /interactions/:id/:token/callback` (docs, *Interaction Response Structure*). */
export const callbackSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal(CALLBACK.message), data }),
  z.object({
    type: z.literal(CALLBACK.deferMessage),
    data: z
      .object({
        flags: z
          .int()
          .refine((flags) => (flags & ~FLAG.ephemeral) === 0, {
            ...coded("BASE_TYPE_CHOICES"),
            error: "Only EPHEMERAL can be set when deferring",
          })
          .nullish(),
      })
      .default({}),
  }),
  z.object({ type: z.literal(CALLBACK.deferUpdate) }),
  z.object({ type: z.literal(CALLBACK.update), data }),
  z.object({
    type: z.literal(CALLBACK.choices),
    data: z.object({ choices: z.array(choiceSchema).max(25) }),
  }),
  z.object({ type: z.literal(CALLBACK.modal), data: modalSchema }),
]);
export type Callback = z.output<typeof callbackSchema>;
