import type { FakeSlack } from "../../fakes/slack/fake-slack.ts";
import type { Person } from "../../fakes/slack/person.ts";
import type { SlackFootnote } from "./slack-footnote.ts";

export const STATE_SECRET = "a secret for states of 32 bytes.";

/** Of Footnote's own page: it asks, shows, and keeps cookies. */
export interface Browser {
  readonly cookies: ReadonlyMap<string, string>;
  open(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

export function openBrowser({ request }: Pick<SlackFootnote, "request">): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async open(path, headers = {}) {
      const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
      const response = await request(path, { headers: { ...headers, ...(cookie !== "" && { cookie }) } });
      for (const line of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (line.includes("Max-Age=0")) cookies.delete(name);
        else cookies.set(name, value);
      }
      return response;
    },
  };
}

/** Where the button "Add to Slack" leads. */
export async function authorizeUrlOf(page: Response): Promise<string> {
  const [, href = ""] = /class="button" href="([^"]+)"/.exec(await page.text()) ?? [];
  return href.replaceAll("&#38;", "&");
}

export function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** What the browser of somebody shows who installs Footnote where they work. */
export async function install(
  footnote: Pick<SlackFootnote, "request">,
  slack: FakeSlack,
  person: Pick<Person, "id" | "team">,
): Promise<Response> {
  const browser = openBrowser(footnote);
  const authorizeUrl = await authorizeUrlOf(await browser.open("/slack/install"));
  return browser.open(pathOf(slack.allow(authorizeUrl, person)));
}
