import { z } from "zod";
import { SlackRefusal, SlackSilence } from "../slack-error.ts";

const TIMEOUT_MS = 10_000;

const refusalSchema = z.object({ error: z.string() });

/**
 * Says something through the address that came with a command, click or shortcut. Slack takes five messages there within 30 minutes,
 * and in channels where Footnote is not a member, too.
 * @throws {SlackRefusal} @throws {SlackSilence} @throws the signal's reason
 */
export async function respond(url: string, body: object, signal?: AbortSignal): Promise<void> {
  const response = await post(url, body, signal);
  const said = await response.text().catch(() => "");
  if (response.ok) return;
  if (response.status === 429 || response.status >= 500) throw new SlackSilence("a response_url was not served");
  throw new SlackRefusal(readRefusal(said));
}

async function post(url: string, body: object, signal: AbortSignal | undefined): Promise<Response> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(body),
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new SlackSilence("a response_url did not answer", { cause: error });
  }
}

/** JSON as a rule, and at times the code alone. */
function readRefusal(said: string): string {
  try {
    return refusalSchema.parse(JSON.parse(said)).error;
  } catch {
    return /^\w{1,60}$/.test(said) ? said : "unknown_error";
  }
}
