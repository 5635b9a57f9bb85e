import { z } from "@hono/zod-openapi";
import { countCharacters, MAX_QUESTION_LENGTH } from "../../core/message.ts";
import { wholeNumber } from "../../core/whole-number.ts";

/** The API's JSON: what requests are checked against, what answers are typed by, and what the OpenAPI document is made from. */

const MAX_THREAD_ID_LENGTH = 200;

/** At least one character that can be seen. */
const VISIBLE = /[^\p{White_Space}\p{Cc}\p{Cf}]/u;

// PostgreSQL stores no NUL, and half a surrogate pair has no UTF-8.
const isStorable = (text: string) => text.isWellFormed() && !text.includes("\0");

const textField = () => z.string({ error: ({ input }) => (input === undefined ? "is missing" : "must be text") });

const questionText = textField()
  .refine(isStorable, { error: "holds a NUL or half a character", abort: true })
  .refine((text) => VISIBLE.test(text), { error: "is empty", abort: true })
  .refine((text) => countCharacters(text, MAX_QUESTION_LENGTH) <= MAX_QUESTION_LENGTH, {
    error: `is longer than ${MAX_QUESTION_LENGTH} characters`,
  })
  .openapi({
    description: `The question, in Markdown; at most ${MAX_QUESTION_LENGTH} characters as a person counts them.`,
    example: "How long is a day on Mercury?",
  });

/** They would break a line of the log, or turn what follows in it around. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

const threadIdText = textField()
  .min(1, "is empty")
  .refine((id) => isStorable(id) && !UNPRINTABLE.test(id), { error: "holds control characters", abort: true })
  .refine((id) => Array.from(id).length <= MAX_THREAD_ID_LENGTH, {
    error: `is longer than ${MAX_THREAD_ID_LENGTH} characters`,
  })
  .openapi({
    description: "Names the conversation; neither `.` nor `..`, which no address can hold.",
    maxLength: MAX_THREAD_ID_LENGTH,
    example: "session-123",
  });

export const chatRequest = z
  .object({ message: questionText, thread_id: threadIdText.optional() }, { error: "must be a JSON object" })
  .openapi("ChatRequest");

export const chatHeaders = z.object({
  "idempotency-key": z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 visible ASCII characters")
    .optional()
    .openapi({
      description:
        "Equal keys are one question: a repetition joins the exchange, and gets its stored answer once done, or its failure.",
    }),
});

export const source = z
  .object({
    n: z.int().openapi({ description: "As marked in the response: [1]" }),
    title: z.string(),
    section: z.string().openapi({ description: "Empty for an article's lead." }),
    revision: z.string(),
    url: z.string().openapi({ description: "Permanent link to the section in that revision." }),
    quote: z.string().openapi({ description: "Verbatim in the source." }),
    license: z.object({ name: z.string(), url: z.string() }).nullable(),
    revised_at: z.string().nullable().openapi({ description: "When the revision was made, ISO 8601." }),
    stale_since: z
      .string()
      .optional()
      .openapi({ description: "When the text was fetched, if the wiki could not be reached for a newer one." }),
  })
  .openapi("Source");

/** How an answer was had, and what to ask instead. */
const answerRecord = z.object({
  cache: z.enum(["hit", "miss", "stale"]),
  elapsed_ms: z
    .int()
    .openapi({ description: "From the question's arrival, or from when it was put last, to the stored answer." }),
  outcome: z.enum(["answered", "no-source", "ambiguous"]),
  suggestions: z.array(z.string()).openapi({ description: "Titles to ask for instead." }),
  limit: z
    .enum(["rounds", "deadline", "model-unavailable", "broke-off", "tokens"])
    .optional()
    .openapi({ description: "Why the answer is only the best so far; absent when it is whole." }),
  model: z.string(),
});

export const chatReply = z
  .object({
    response: z.string().openapi({ description: "Markdown with footnote marks: `Text. [1][2]`" }),
    thread_id: z.string(),
    exchange_id: z.string(),
    sources: z.array(source),
    ...answerRecord.shape,
  })
  .openapi("ChatReply");

export const errorBody = z
  .object({
    error: z.object({ code: z.string(), message: z.string() }),
    exchange_id: z.string().optional(),
    thread_id: z.string().optional(),
  })
  .openapi("Error");

/** Of a cursor, which only the store can judge. */
export const NOT_OURS = "is not one of ours";

const cursor = z
  .string()
  .min(1, NOT_OURS)
  .max(500, NOT_OURS)
  .optional()
  .openapi({ description: "`next_cursor` of the page before." });

export const conversationsQuery = z.object({ limit: wholeNumber(1, 100).default(20), cursor });
export const messagesQuery = z.object({ limit: wholeNumber(1, 200).default(50), cursor });
export const usageQuery = z.object({ days: wholeNumber(1, 366).default(30) });
export const threadParams = z.object({ thread_id: threadIdText });
export const exchangeParams = z.object({ exchange_id: z.string() });

const nextCursor = z.string().nullable();

export const conversations = z
  .object({
    conversations: z.array(
      z.object({
        thread_id: z.string(),
        title: z.string(),
        platform: z.string(),
        messages: z.int(),
        created_at: z.string(),
        last_activity_at: z.string(),
      }),
    ),
    next_cursor: nextCursor,
  })
  .openapi("Conversations");

export const messages = z
  .object({
    thread_id: z.string(),
    platform: z.string(),
    messages: z.array(
      z.object({
        id: z.string(),
        exchange_id: z.string(),
        role: z.enum(["user", "assistant"]),
        text: z.string(),
        created_at: z.string(),
        sources: z.array(source),
        failure: z.string().nullable().openapi({
          description: "Why the question failed, when the text is the apology for it; a code as in errors.",
          example: null,
        }),
        ...answerRecord.partial().shape,
      }),
    ),
    next_cursor: nextCursor,
  })
  .openapi("Messages");

export type ErrorBody = z.infer<typeof errorBody>;
export type ChatReply = z.infer<typeof chatReply>;
export type AnswerRecordJson = z.infer<typeof answerRecord>;
export type SourceJson = z.infer<typeof source>;
