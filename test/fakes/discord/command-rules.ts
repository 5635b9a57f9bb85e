import { z } from "zod";
import type { Fields } from "./entities.ts";
import { coded, parse } from "./validation.ts";

/** Docs, *Locales*. */
const LOCALES =
  "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko".split(
    " ",
  );

/** Docs, *Application Command Naming*. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const nameSchema = z
  .string()
  .regex(NAME)
  .refine((name) => name === name.toLowerCase(), {
    ...coded("APPLICATION_COMMAND_INVALID_NAME"),
    error: "Command name is invalid",
  });
const descriptionSchema = z.string().refine((text) => text.length >= 1 && text.length <= 100, {
  ...coded("BASE_TYPE_BAD_LENGTH"),
  error: "Must be between 1 and 100 in length.",
});

/** Texts by locale. */
const localized = (text: z.ZodType<string>) =>
  z
    .record(z.string(), text.nullable())
    .superRefine((texts, context) => {
      for (const locale of Object.keys(texts).filter((key) => !LOCALES.includes(key))) {
        const message = `Value "${locale}" must be one of {${LOCALES.join(", ")}}.`;
        context.addIssue({ code: "custom", message, ...coded("DICT_TYPE_KEY_ENUM") });
      }
    })
    .nullish();

const choiceSchema = z.object({
  name: z.string().min(1).max(100),
  name_localizations: localized(z.string().min(1).max(100)),
  value: z.union([z.string().max(100), z.number()]),
});

interface Option extends Fields {
  readonly type: number;
  readonly name: string;
  readonly required?: boolean | undefined;
  readonly options?: readonly Option[] | undefined;
}

/** Docs, *Application Command Option Type*: 1 subcommand, 2 group, 3 to 11 values. */
const optionSchema: z.ZodType<Option> = z.lazy(() =>
  z
    .looseObject({
      type: z.int().min(1).max(11),
      name: nameSchema,
      name_localizations: localized(nameSchema),
      description: descriptionSchema,
      description_localizations: localized(descriptionSchema),
      required: z.boolean().optional(),
      choices: z.array(choiceSchema).max(25).optional(),
      options: optionsSchema.optional(),
      autocomplete: z.boolean().optional(),
      min_length: z.int().min(0).max(6000).optional(),
      max_length: z.int().min(1).max(6000).optional(),
    })
    .superRefine(({ type, choices = [], autocomplete, options, required }, context) => {
      const fault = (path: string, code: string, message: string): void =>
        context.addIssue({ code: "custom", path: [path], message, ...coded(code) });
      if (autocomplete === true && choices.length > 0)
        fault(
          "choices",
          "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE_MUTUALLY_EXCLUSIVE",
          "Choices cannot be set with autocomplete",
        );
      if (autocomplete === true && ![3, 4, 10].includes(type))
        fault("autocomplete", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Autocomplete is for text and numbers");
      if (options !== undefined && type > 2)
        fault("options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Only subcommands and groups have options");
      if (required === true && type <= 2)
        fault("required", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Subcommands cannot be required");
    }),
);

const optionsSchema = z.array(optionSchema).superRefine((options, context) => {
  const fault = (code: string, message: string, index: number): void =>
    context.addIssue({ code: "custom", path: [index], message, ...coded(code) });
  if (options.length > 25) fault("BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.", 25);
  for (const [index, { name, required, type }] of options.entries()) {
    const earlier = options.slice(0, index);
    if (earlier.some((other) => other.name === name))
      fault("APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists", index);
    if (required === true && earlier.some((other) => other.required !== true))
      fault(
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        "Required options must be placed before non-required options",
        index,
      );
    if (earlier.some((other) => other.type <= 2 !== type <= 2))
      fault(
        "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        "Sub-command and sub-command group option types are mutually exclusive to all other types",
        index,
      );
  }
});

const common = {
  default_member_permissions: z.string().regex(/^\d+$/).nullish(),
  integration_types: z
    .array(z.literal([0, 1]))
    .min(1)
    .nullish(),
  contexts: z
    .array(z.literal([0, 1, 2]))
    .min(1)
    .nullish(),
  nsfw: z.boolean().optional(),
  id: z.string().optional(),
};

const chatInputSchema = z.object({
  ...common,
  type: z.literal(1).default(1),
  name: nameSchema,
  name_localizations: localized(nameSchema),
  description: descriptionSchema,
  description_localizations: localized(descriptionSchema),
  options: optionsSchema.optional(),
});
const menuName = z.string().min(1).max(32);
const menuSchema = z.object({
  ...common,
  type: z.literal([2, 3]),
  name: menuName,
  name_localizations: localized(menuName),
  description: z.literal("").optional(),
});

const typeSchema = z.looseObject({ type: z.literal([1, 2, 3]).default(1) });

export type CommandBody = Fields & {
  readonly type: number;
  readonly name: string;
  readonly options?: readonly Option[] | undefined;
  readonly integration_types?: readonly number[] | null | undefined;
  readonly contexts?: readonly number[] | null | undefined;
  readonly default_member_permissions?: string | null | undefined;
};

/** Characters of a command, its options and choices: names, descriptions and values, in the longest language of each. */
const MAX_CHARACTERS = 8000;

/** @throws {Refusal} 50035, naming the place among other commands, if there is one */
export function checkCommand(body: unknown, at: readonly PropertyKey[] = []): CommandBody {
  const { type } = parse(typeSchema, body, at);
  const sized = z.union([chatInputSchema, menuSchema]).refine((command) => sizeOf(command) <= MAX_CHARACTERS, {
    ...coded("APPLICATION_COMMAND_TOO_LARGE"),
    error: `Command exceeds maximum size (${MAX_CHARACTERS})`,
  });
  const command = type === 1 ? parse(chatInputSchema, body, at) : parse(menuSchema, body, at);
  parse(sized, command, at);
  return command;
}

function sizeOf(thing: Fields): number {
  const value = typeof thing["value"] === "string" ? thing["value"].length : 0;
  const inner = [...listOf(thing["options"]), ...listOf(thing["choices"])];
  return (
    longest(thing, "name") + longest(thing, "description") + value + inner.reduce((sum, one) => sum + sizeOf(one), 0)
  );
}

function longest(thing: Fields, key: string): number {
  const translations = Object.values((thing[`${key}_localizations`] as Fields | null | undefined) ?? {});
  return Math.max(...[thing[key], ...translations].map((text) => (typeof text === "string" ? text.length : 0)));
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? (value as Fields[]) : [];
}
