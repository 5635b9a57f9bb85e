import { z } from "zod";
import type { Fields } from "./entities.ts";
import { invalid } from "./refusal.ts";
import { coded, parse, snowflake } from "./validation.ts";

const customId = z.string().min(1).max(100);
const emoji = z.looseObject({ id: z.string().nullish(), name: z.string().nullish() });

const buttonSchema = z
  .object({
    type: z.literal(2),
    style: z.int().min(1).max(6),
    label: z.string().max(80).optional(),
    emoji: emoji.optional(),
    custom_id: customId.optional(),
    url: z
      .string()
      .regex(/^(?:https?|discord):\/\/\S+$/)
      .max(512)
      .optional(),
    disabled: z.boolean().optional(),
  })
  .refine(
    ({ style, url, custom_id: id }) => (style === 5 ? url !== undefined && id === undefined : url === undefined),
    {
      ...coded("BUTTON_COMPONENT_CUSTOM_ID_OR_URL_REQUIRED"),
      error: "A custom id and url cannot both be specified, and a link needs a url",
    },
  )
  .refine(({ style, custom_id: id }) => style === 5 || id !== undefined, {
    ...coded("BUTTON_COMPONENT_CUSTOM_ID_REQUIRED"),
    error: "A custom id is required",
  })
  .refine(({ label, emoji: picture }) => (label ?? "") !== "" || picture !== undefined, {
    ...coded("BUTTON_COMPONENT_LABEL_REQUIRED"),
    error: "A label or emoji is required",
  });

const optionSchema = z.object({
  label: z.string().min(1).max(100),
  value: z.string().min(1).max(100),
  description: z.string().max(100).optional(),
  emoji: emoji.optional(),
  default: z.boolean().optional(),
});

const selectSchema = z
  .object({
    type: z.literal(3),
    custom_id: customId,
    options: z.array(optionSchema),
    placeholder: z.string().max(150).optional(),
    min_values: z.int().min(0).max(25).optional(),
    max_values: z.int().min(1).max(25).optional(),
    disabled: z.boolean().optional(),
    required: z.boolean().optional(),
  })
  .superRefine(({ options, min_values: least = 1, max_values: most = 1 }, context) => {
    const fault = (code: string, message: string): void =>
      context.addIssue({ code: "custom", path: ["options"], message, ...coded(code) });
    if (options.length < 1 || options.length > 25) fault("BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.");
    if (new Set(options.map(({ value }) => value)).size < options.length)
      fault("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used");
    if (least > most || most > options.length) fault("BASE_TYPE_BAD_LENGTH", "max_values exceeds the options");
  });

/** The selects that Discord fills itself: users, roles, both, channels. */
const filledSelectSchema = z.looseObject({
  type: z.union([z.literal(5), z.literal(6), z.literal(7), z.literal(8)]),
  custom_id: customId,
  placeholder: z.string().max(150).optional(),
  min_values: z.int().min(0).max(25).optional(),
  max_values: z.int().min(1).max(25).optional(),
  default_values: z
    .array(z.object({ id: snowflake, type: z.enum(["user", "role", "channel"]) }))
    .max(25)
    .optional(),
});

const rowSchema = z.object({
  type: z.literal(1),
  components: z
    .array(z.discriminatedUnion("type", [buttonSchema, selectSchema, filledSelectSchema]))
    .superRefine((components, context) => {
      const hasSelect = components.some(({ type }) => type !== 2);
      if (components.length < 1 || components.length > (hasSelect ? 1 : 5)) {
        const message = `Must be between 1 and ${hasSelect ? 1 : 5} in length.`;
        context.addIssue({ code: "custom", message, ...coded("BASE_TYPE_BAD_LENGTH") });
      }
    }),
});

/** The kinds that need the flag for version 2 (docs, *Component Reference*). */
const textDisplaySchema = z.object({ type: z.literal(10), content: z.string().min(1) });
const mediaSchema = z.looseObject({ url: z.string() });
const sectionSchema = z.object({
  type: z.literal(9),
  components: z.array(textDisplaySchema).min(1).max(3),
  accessory: z.union([buttonSchema, z.looseObject({ type: z.literal(11), media: mediaSchema })]),
});
const innerSchema = z.discriminatedUnion("type", [
  rowSchema,
  sectionSchema,
  textDisplaySchema,
  z.looseObject({
    type: z.literal(12),
    items: z
      .array(z.looseObject({ media: mediaSchema }))
      .min(1)
      .max(10),
  }),
  z.looseObject({ type: z.literal(13), file: mediaSchema }),
  z.looseObject({ type: z.literal(14) }),
]);
const topSchema = z.union([
  innerSchema,
  z.looseObject({ type: z.literal(17), components: z.array(innerSchema).min(1) }),
]);

/** Refuses components as Discord does. */
export function checkComponents(components: readonly Fields[], isV2: boolean): void {
  if (isV2) checkSize(components);
  else if (components.length > 5)
    throw invalid("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
  parse(z.object({ components: z.array(isV2 ? topSchema : rowSchema) }), { components });
  checkIds(components);
}

function checkSize(components: readonly Fields[]): void {
  const all = everyComponent(components);
  if (all.length > 40)
    throw invalid("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "Must be 40 or fewer components.");
  const characters = all.reduce((sum, { content }) => sum + (typeof content === "string" ? content.length : 0), 0);
  if (characters > 4000)
    throw invalid("components", "COMPONENT_MAX_TOTAL_LENGTH_EXCEEDED", "Must be 4000 or fewer characters.");
}

function checkIds(components: readonly Fields[]): void {
  const ids = everyComponent(components).flatMap(({ custom_id: id }) => (typeof id === "string" ? [id] : []));
  if (new Set(ids).size < ids.length) {
    throw invalid("components", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
  }
}

/** The components and all that stand in them. */
export function everyComponent(components: readonly Fields[]): Fields[] {
  return components.flatMap((component) => [
    component,
    ...everyComponent((component["components"] as Fields[] | undefined) ?? []),
    ...(component["accessory"] === undefined ? [] : [component["accessory"] as Fields]),
    ...(component["component"] === undefined ? [] : [component["component"] as Fields]),
  ]);
}
