import { z } from "zod";
import { schemaFault } from "./tool-schema-rules.ts";

/** The `error` object of OpenAI's replies. */
export interface Rejection {
  readonly message: string;
  readonly type: "invalid_request_error";
  readonly param: string | null;
  readonly code: string | null;
}

const functionName = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/, "string does not match pattern '^[a-zA-Z0-9_-]{1,64}$'");
const textParts = z.array(z.looseObject({ type: z.literal("text"), text: z.string() })).min(1);
const userParts = z.array(z.looseObject({ type: z.enum(["text", "image_url", "input_audio", "file"]) })).min(1);
/** What OpenAI accepts as a participant's name: a display name such as "Ada L." is refused for its space. */
const participant = z.string().regex(/^[^\s<|\\/>]+$/, "string does not match pattern '^[^\\s<|\\\\/>]+$'");

const toolCall = z.strictObject({
  /** The length OpenAI names in its refusal of longer ones. */
  id: z.string().min(1).max(40),
  type: z.literal("function"),
  function: z.strictObject({ name: functionName, arguments: z.string() }),
});

const assistantMessage = z
  .strictObject({
    role: z.literal("assistant"),
    content: z.union([z.string(), textParts]).nullish(),
    name: participant.optional(),
    refusal: z.string().nullish(),
    audio: z.looseObject({ id: z.string() }).nullish(),
    tool_calls: z.array(toolCall).min(1).optional(),
  })
  .refine((message) => message.tool_calls !== undefined || (message.content ?? message.refusal ?? null) !== null, {
    message: "expected a string, got null",
    path: ["content"],
  });

const anyMessage = z.discriminatedUnion("role", [
  z.strictObject({
    role: z.enum(["system", "developer"]),
    content: z.union([z.string(), textParts]),
    name: participant.optional(),
  }),
  z.strictObject({
    role: z.literal("user"),
    content: z.union([z.string(), userParts]),
    name: participant.optional(),
  }),
  assistantMessage,
  z.strictObject({
    role: z.literal("tool"),
    content: z.union([z.string(), textParts]),
    tool_call_id: z.string().min(1),
    // Not in OpenAI's reference, and taken by its servers: LangChain sends it to them with every tool's result.
    name: functionName.optional(),
  }),
]);

const tool = z.strictObject({
  type: z.literal("function"),
  function: z.strictObject({
    name: functionName,
    description: z.string().max(1024).optional(),
    parameters: z.record(z.string(), z.unknown()).optional(),
    strict: z.boolean().nullish(),
  }),
});

const chatRequest = z.strictObject({
  model: z.string({ error: "you must provide a model parameter" }).min(1, "you must provide a model parameter"),
  messages: z.array(anyMessage).min(1),
  tools: z.array(tool).min(1).max(128).optional(),
  tool_choice: z
    .union([
      z.enum(["none", "auto", "required"]),
      z.strictObject({ type: z.literal("function"), function: z.strictObject({ name: functionName }) }),
    ])
    .optional(),
  parallel_tool_calls: z.boolean().optional(),
  stream: z.boolean().nullish(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().optional(), include_obfuscation: z.boolean().optional() })
    .nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  n: z.int().min(1).max(128).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  stop: z.union([z.string(), z.array(z.string()).min(1).max(4)]).nullish(),
  seed: z.int().nullish(),
  user: z.string().optional(),
  metadata: z.record(z.string(), z.string()).nullish(),
  reasoning_effort: z.enum(["none", "minimal", "low", "medium", "high"]).nullish(),
  response_format: z.looseObject({ type: z.enum(["text", "json_object", "json_schema"]) }).optional(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  logit_bias: z.record(z.string(), z.number()).nullish(),
  service_tier: z.string().nullish(),
  store: z.boolean().nullish(),
  verbosity: z.enum(["low", "medium", "high"]).nullish(),
  prompt_cache_key: z.string().optional(),
  safety_identifier: z.string().optional(),
});

type ChatRequest = z.infer<typeof chatRequest>;

/** Why OpenAI's chat completions would refuse this body with a 400; `undefined` when they would not. */
export function refusalOf(body: unknown): Rejection | undefined {
  const parsed = chatRequest.safeParse(body);
  if (!parsed.success) return firstIssue(parsed.error);
  return refusedCombination(parsed.data) ?? refusedToolOrder(parsed.data) ?? refusedTools(parsed.data);
}

function firstIssue(error: z.ZodError): Rejection {
  const issue = error.issues[0];
  if (issue === undefined) throw error;
  const unknown = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
  const param = parameter([...issue.path, ...unknown]);
  if (unknown.length > 0) return refusal(`Unknown parameter: '${param}'.`, param, "unknown_parameter");
  return refusal(`Invalid '${param}': ${issue.message}`, param, "invalid_value");
}

/** `["messages", 0, "role"]` as OpenAI writes it: `messages[0].role`. */
function parameter(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

function refusedCombination(request: ChatRequest): Rejection | undefined {
  if (request.stream_options && request.stream !== true) {
    const reason = "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
    return refusal(reason, "stream_options", null);
  }
  for (const name of ["tool_choice", "parallel_tool_calls"] as const) {
    if (request[name] === undefined || request.tools !== undefined) continue;
    return refusal(`Invalid value for '${name}': '${name}' is only allowed when 'tools' are specified.`, name, null);
  }
  const chosen = typeof request.tool_choice === "object" ? request.tool_choice.function.name : undefined;
  if (chosen !== undefined && !request.tools?.some((offered) => offered.function.name === chosen)) {
    return refusal(`Tool choice '${chosen}' not found in 'tools' parameter.`, "tool_choice", null);
  }
  if (typeof request.max_tokens === "number" && typeof request.max_completion_tokens === "number") {
    const reason = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.";
    return refusal(reason, "max_tokens", "invalid_parameter_combination");
  }
  return undefined;
}

/** Every call must be answered, once, right behind the message that made it; and nothing else may be answered. */
function refusedToolOrder(request: ChatRequest): Rejection | undefined {
  let open = new Set<string>();
  let calls = new Set<string>();
  for (const [index, entry] of request.messages.entries()) {
    if (entry.role === "tool") {
      if (open.delete(entry.tool_call_id)) continue;
      return unexpectedToolMessage(index, calls.has(entry.tool_call_id));
    }
    if (open.size > 0) return unanswered(open, index);
    calls = new Set(entry.role === "assistant" ? entry.tool_calls?.map((call) => call.id) : []);
    open = new Set(calls);
  }
  return open.size > 0 ? unanswered(open, request.messages.length) : undefined;
}

function unexpectedToolMessage(index: number, answeredBefore: boolean): Rejection {
  const reason = answeredBefore
    ? "Duplicate value for 'tool_call_id'."
    : "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.";
  return refusal(reason, `messages[${index}].role`, null);
}

function unanswered(calls: ReadonlySet<string>, index: number): Rejection {
  const reason =
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.";
  const missing = `The following tool_call_ids did not have response messages: ${[...calls].join(", ")}`;
  return refusal(`${reason} ${missing}`, `messages[${index}].role`, null);
}

function refusedTools(request: ChatRequest): Rejection | undefined {
  for (const [index, { function: offered }] of (request.tools ?? []).entries()) {
    const fault = schemaFault(offered.parameters, offered.strict === true);
    if (fault === undefined) continue;
    const reason = `Invalid schema for function '${offered.name}': ${fault}`;
    return refusal(reason, `tools[${index}].function.parameters`, "invalid_function_parameters");
  }
  return undefined;
}

function refusal(message: string, param: string | null, code: string | null): Rejection {
  return { message, type: "invalid_request_error", param, code };
}
