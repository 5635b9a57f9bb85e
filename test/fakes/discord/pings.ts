import type { AllowedMentions } from "./message-rules.ts";

export interface Calling {
  readonly text: string;
  /** Absent on what people write, who may call everybody they name. */
  readonly allowed?: AllowedMentions | null | undefined;
  /** What is parsed when nothing is said about it: everything in messages, users alone in interactions (docs, *Allowed Mentions*). */
  readonly unlessTold?: readonly ("users" | "roles" | "everyone")[];
  /** The author of the message that is replied to. */
  readonly repliedTo?: string;
  /** Whether the author may call everybody, and roles that are not open to it. */
  readonly mayCallAll: boolean;
  readonly openRoles: ReadonlySet<string>;
}

const EVERYTHING = ["users", "roles", "everyone"] as const;

/** Whom a message calls: `<@1>`, `<@&1>`, `@everyone`, `@here`. */
export function pingsIn(calling: Calling): string[] {
  const { text, allowed, unlessTold = EVERYTHING, repliedTo, mayCallAll, openRoles } = calling;
  const parsed = allowed == null ? unlessTold : (allowed.parse ?? (hasLists(allowed) ? [] : unlessTold));
  const prose = text.replace(/```[\s\S]*?```|`[^`\n]*`/g, "");
  const users = idsIn(prose, /<@!?(\d+)>/g).filter(
    (id) => parsed.includes("users") || allowed?.users?.includes(id) === true,
  );
  const roles = idsIn(prose, /<@&(\d+)>/g)
    .filter((id) => parsed.includes("roles") || allowed?.roles?.includes(id) === true)
    .filter((id) => mayCallAll || openRoles.has(id));
  const all =
    parsed.includes("everyone") && mayCallAll ? [...prose.matchAll(/@(?:everyone|here)\b/g)].map(([ping]) => ping) : [];
  const callsReplied = repliedTo !== undefined && (allowed == null || allowed.replied_user === true);
  const called = [...all, ...roles.map((id) => `<@&${id}>`), ...users.map((id) => `<@${id}>`)];
  return [...new Set([...called, ...(callsReplied ? [`<@${repliedTo}>`] : [])])];
}

function hasLists({ users, roles }: AllowedMentions): boolean {
  return users !== undefined || roles !== undefined;
}

function idsIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, id]) => id ?? "");
}
