import type { App } from "@slack/bolt";
import type { SlackParts } from "./slack-parts.ts";

interface Prompt {
  /** On the button. */
  readonly title: string;
  readonly message: string;
}

/** Slack shows four at the most (developer docs, *assistant.threads.setSuggestedPrompts*). */
const WIKIPEDIA_PROMPTS: readonly Prompt[] = [
  { title: "Ask for a fact", message: "How long does a day last on Mercury?" },
  { title: "Who was it?", message: "Who was Ada Lovelace, and what is she known for?" },
  { title: "Compare two things", message: "Which is deeper, Lake Baikal or Lake Tanganyika?" },
  { title: "How does it work?", message: "How does a sundial work?" },
];
/** Of a team's own wiki nobody knows what is in it. */
const OTHER_PROMPTS: readonly Prompt[] = [
  { title: "Find my way", message: "Which pages should somebody new here read first?" },
  { title: "Find a rule", message: "Which rules and guidelines are there?" },
  { title: "Find out who", message: "Who is responsible for what?" },
];

/** Suggests questions to whoever opens the agent view. */
export function addHome(app: App, { stats, workspaces, log }: Pick<SlackParts, "stats" | "workspaces" | "log">): void {
  async function suggest(team: string, channel: string): Promise<void> {
    const { name } = await stats.wiki();
    // Without a thread: that is how the agent view wants them.
    await workspaces.api(team).once("assistant.threads.setSuggestedPrompts", {
      channel_id: channel,
      title: `Ask ${name} something`,
      prompts: name === "Wikipedia" ? WIKIPEDIA_PROMPTS : OTHER_PROMPTS,
    });
  }

  app.event("app_home_opened", async ({ event, context }) => {
    if (event.tab !== "messages") return;
    suggest(context.teamId ?? "", event.channel).catch((error: unknown) =>
      // There is nothing to suggest them in where the app has no agent view.
      log.debug({ err: error, channel: event.channel }, "no prompts suggested"),
    );
  });
}
