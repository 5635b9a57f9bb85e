import type { Fields } from "./entities.ts";
import type { FakeDiscord } from "./fake-discord.ts";

interface Reply {
  readonly status: number;
  /** `{}` where there is none. */
  readonly body: Fields;
  readonly headers: Headers;
}

/** One request to the API by hand. */
export async function callDiscord(
  { apiUrl, token }: Pick<FakeDiscord, "apiUrl" | "token">,
  route: string,
  body?: Fields | readonly Fields[] | FormData,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const [method = "", path = ""] = route.split(" ");
  const isForm = body instanceof FormData;
  const response = await fetch(`${apiUrl}/v10${path}`, {
    method,
    headers: {
      authorization: `Bot ${token}`,
      "user-agent": "DiscordBot (https://example.invalid, 1)",
      ...(isForm || body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? {} : (JSON.parse(text) as Fields), headers: response.headers };
}

/** The error code of every field that was refused, by its path: `{ "embeds.0.title": "BASE_TYPE_MAX_LENGTH" }`. */
export function fieldErrors(body: Fields): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (node: Fields, path: readonly string[]): void => {
    for (const [key, value] of Object.entries(node)) {
      if (key === "_errors") found[path.join(".")] = (value as { code: string }[]).map(({ code }) => code).join(" ");
      else visit(value as Fields, [...path, key]);
    }
  };
  visit((body["errors"] as Fields | undefined) ?? {}, []);
  return found;
}
