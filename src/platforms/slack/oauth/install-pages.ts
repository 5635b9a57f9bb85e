import { rights } from "./scopes.ts";

/** HTML that needs no script. What stands between the tags is escaped here. */
interface PageText {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly list?: readonly string[];
  readonly link?: { readonly href: string; readonly text: string };
}

const AGAIN = { href: "/slack/install", text: "Start again" };

/** The headers that guard every page are the HTTP platform's. */
function page(status: number, { title, paragraphs, list = [], link }: PageText): Response {
  const [first = "", ...others] = paragraphs.map((paragraph) => `<p>${escape(paragraph)}</p>`);
  const items = list.map((item) => `<li>${escape(item)}</li>`).join("\n");
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${STYLESHEET_PATH}">
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${[first, ...(items === "" ? [] : [`<ul>\n${items}\n</ul>`]), ...others].join("\n")}
${link === undefined ? "" : `<p><a class="button" href="${escape(link.href)}">${escape(link.text)}</a></p>`}
</main>
</body>
</html>
`;
  return new Response(html, {
    status,
    headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
  });
}

export function installPage(authorizeUrl: string): Response {
  return page(200, {
    title: "Add Footnote to Slack",
    paragraphs: [
      "Footnote answers questions from the wiki in the thread where they are asked, with a checked footnote behind every sentence. In your workspace it will be able to:",
      "It keeps the questions it is asked, with what was said before in their threads, and its answers. It can be removed in Slack at any time.",
    ],
    list: rights(),
    link: { href: authorizeUrl, text: "Add to Slack" },
  });
}

export function installedPage(teamName: string): Response {
  return page(200, {
    title: `Installed in ${teamName}`,
    paragraphs: ["Invite @Footnote to a channel and mention it there, or write to it directly."],
  });
}

/** Why somebody came back from Slack, or from elsewhere, and Footnote is not installed. */
export type Refused =
  | "declined"
  | "expired"
  | "forged"
  | "other-browser"
  | "organisation"
  | "code-refused"
  | "misconfigured"
  | "slack-silent"
  | "store-unavailable";

export function refusedPage(reason: Refused): Response {
  const { status, text } = REFUSALS[reason];
  return page(status, { title: "Footnote was not installed", paragraphs: [text], link: AGAIN });
}

const REFUSALS: Record<Refused, { readonly status: number; readonly text: string }> = {
  declined: { status: 403, text: "You declined in Slack. Nothing has changed." },
  expired: { status: 400, text: "More than ten minutes have passed." },
  forged: { status: 400, text: "Footnote cannot tell that this installation was begun here." },
  "other-browser": {
    status: 403,
    text: "This installation was begun in another browser, under another address of this page, or is finished already.",
  },
  organisation: {
    status: 422,
    text: "Footnote is installed in one workspace at a time. In Slack, choose a workspace instead of the whole organisation.",
  },
  "code-refused": { status: 400, text: "Slack does not know of this installation any more." },
  misconfigured: {
    status: 500,
    text: "Slack refused what Footnote asked for. Its operator will find the reason in the log.",
  },
  "slack-silent": { status: 502, text: "Slack does not answer. Please try again in a little while." },
  "store-unavailable": { status: 503, text: "The database cannot be reached. Please try again in a little while." },
};

export const STYLESHEET_PATH = "/slack/install.css";

export const STYLESHEET = `:root {
  color-scheme: light dark;
}

body {
  margin: 0;
  padding: 2.5rem 1.25rem;
  font: 1.0625rem/1.6 system-ui, sans-serif;
  color: light-dark(#1d1b18, #ebe7df);
  background: light-dark(#faf8f3, #171614);
}

main {
  max-width: 39rem;
  margin: 0 auto;
}

h1 {
  font-size: 1.75rem;
  line-height: 1.2;
}

.button {
  display: inline-block;
  padding: 0.6rem 1.2rem;
  border-radius: 0.4rem;
  color: light-dark(#ffffff, #171614);
  background: light-dark(#9b2c1f, #f0937c);
  font-weight: 600;
  text-decoration: none;
}
`;

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
