import type { Fields } from "./entities.ts";

/** One request to the Web API by hand; structured arguments go as JSON inside a form, as Slack's own client sends them. */
export async function callSlack(apiUrl: string, token: string, method: string, args: Fields = {}): Promise<Fields> {
  const form = Object.entries(args)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, typeof value === "string" ? value : JSON.stringify(value)]);
  const response = await fetch(apiUrl + method, {
    method: "POST",
    headers: token === "" ? {} : { authorization: `Bearer ${token}` },
    body: new URLSearchParams(form),
  });
  return (await response.json()) as Fields;
}
