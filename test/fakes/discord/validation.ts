import { z } from "zod";
import { errorTree, Refusal, type FieldError } from "./refusal.ts";

/** Checks a body, or the part of it that stands at a path, and refuses it in Discord's words. */
export function parse<T extends z.ZodType>(schema: T, body: unknown, at: readonly PropertyKey[] = []): z.output<T> {
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new Refusal(
    50035,
    errorTree(parsed.error.issues.map((issue) => ({ path: [...at, ...issue.path], ...said(issue) }))),
  );
}

/** For `z.refine` and the like: an error with a code of Discord's. */
export function coded(code: string): { readonly params: { readonly code: string } } {
  return { params: { code } };
}

type Issue = z.core.$ZodIssue;

function said(issue: Issue): Pick<FieldError, "code" | "message"> {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return { code: "BASE_TYPE_REQUIRED", message: "This field is required" };
      return { code: "BASE_TYPE_BAD_TYPE", message: `Must be a ${issue.expected}.` };
    case "too_big":
      return issue.origin === "string" || issue.origin === "array"
        ? { code: "BASE_TYPE_MAX_LENGTH", message: `Must be ${issue.maximum} or fewer in length.` }
        : { code: "BASE_TYPE_MAX", message: `Must be ${issue.maximum} or fewer.` };
    case "too_small":
      return issue.origin === "string" || issue.origin === "array"
        ? { code: "BASE_TYPE_MIN_LENGTH", message: `Must be ${issue.minimum} or more in length.` }
        : { code: "BASE_TYPE_MIN", message: `Must be ${issue.minimum} or more.` };
    case "invalid_value":
      if (issue.input === undefined) return { code: "BASE_TYPE_REQUIRED", message: "This field is required" };
      return { code: "BASE_TYPE_CHOICES", message: `Value must be one of {${issue.values.map(String).join(", ")}}.` };
    case "invalid_format":
      return { code: "STRING_TYPE_REGEX", message: `String value did not match validation regex.` };
    case "custom":
      return { code: String(issue.params?.["code"] ?? "BASE_TYPE_INVALID"), message: issue.message };
    case "invalid_union":
    case "unrecognized_keys":
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
      break;
  }
  return { code: "BASE_TYPE_INVALID", message: issue.message };
}

/** Discord takes ids as text, and refuses what is none. */
export const snowflake = z.string().regex(/^\d{15,21}$/);
