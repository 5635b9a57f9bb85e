import type { App } from "@slack/bolt";
import type { SlackParts } from "./slack-parts.ts";

/** Suggests questions to whoever opens the agent view. */
export function addHome(app: App, parts: Pick<SlackParts, "stats" | "workspaces" | "textsOf" | "log">): void {
  const { stats, workspaces, textsOf, log } = parts;

  async function suggest(team: string, channel: string, user: string): Promise<void> {
    const [{ name }, { home }] = await Promise.all([stats.wiki(), textsOf({ team, user })]);
    // Without a thread: that is how the agent view wants them.
    await workspaces.api(team).once("assistant.threads.setSuggestedPrompts", {
      channel_id: channel,
      title: home.title(name),
      prompts: name === "Wikipedia" ? home.ofWikipedia : home.ofOtherWikis,
    });
  }

  app.event("app_home_opened", async ({ event, context }) => {
    if (event.tab !== "messages") return;
    suggest(context.teamId ?? "", event.channel, event.user).catch((error: unknown) =>
      // There is nothing to suggest them in where the app has no agent view.
      log.debug({ err: error, channel: event.channel }, "no prompts suggested"),
    );
  });
}
