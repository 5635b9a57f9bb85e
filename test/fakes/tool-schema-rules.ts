import { Ajv2020 } from "ajv/dist/2020.js";
import { z } from "zod";

const ajv = new Ajv2020({ strict: false });

/** Why OpenAI would refuse these parameters of a function, in its words; `undefined` when it would not. */
export function schemaFault(
  schema: Readonly<Record<string, unknown>> | undefined,
  strict: boolean,
): string | undefined {
  if (schema === undefined) return undefined;
  if (schema["type"] !== "object") {
    return `schema must be a JSON Schema of 'type: "object"', got 'type: ${JSON.stringify(schema["type"] ?? "None")}'.`;
  }
  const { $schema: _dialect, ...bare } = schema;
  if (ajv.validateSchema(bare) !== true) return ajv.errorsText(ajv.errors, { dataVar: "schema" });
  return nestedFault(bare, strict, "()");
}

/** The keywords that the rules below look at; a schema that has passed `validateSchema` fits. */
const objectSchema = z.looseObject({
  type: z.unknown().optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
  additionalProperties: z.unknown().optional(),
});

type ObjectSchema = z.infer<typeof objectSchema>;

/** What OpenAI asks of a schema beyond JSON Schema's own rules. */
function nestedFault(node: unknown, strict: boolean, context: string): string | undefined {
  const { data: schema } = objectSchema.safeParse(node);
  if (schema === undefined) return undefined;
  if (schema.type === "array" && schema.items === undefined) {
    return `In context=${context}, array schema missing items.`;
  }
  const strictly = strict && schema.type === "object" ? strictFault(schema, context) : undefined;
  if (strictly !== undefined) return strictly;
  const children = [...Object.entries(schema.properties), ["items", schema.items] as const];
  return children
    .map(([name, child]) => nestedFault(child, strict, `${context}.${name}`))
    .find((fault) => fault !== undefined);
}

function strictFault(schema: ObjectSchema, context: string): string | undefined {
  if (schema.additionalProperties !== false) {
    return `In context=${context}, 'additionalProperties' is required to be supplied and to be false.`;
  }
  const missing = Object.keys(schema.properties).find((name) => !schema.required.includes(name));
  if (missing === undefined) return undefined;
  return `In context=${context}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`;
}
