import type { App } from "@slack/bolt";
import { z } from "zod";
import { gatherFigures } from "../../figures.ts";
import { untilAnswered } from "../../until-answered.ts";
import { isAdmin } from "../is-admin.ts";
import type { SlackParts } from "../slack-parts.ts";
import { sorryFor } from "../sorry.ts";
import { respond } from "./response-url.ts";
import { showChart } from "./show-chart.ts";
import { CLEAR_CACHE, statsMessage } from "./stats-message.ts";

/** So long a Slack that is silent may take figures: nobody waits for them longer. */
const PATIENCE_MS = 5_000;

const clickSchema = z.object({ user: z.object({ id: z.string() }), response_url: z.url() });

/** `/wikistats`, for whoever asks alone; and its button. Both are acked first: what they do may take seconds. */
export function addWikistatsCommand(app: App, parts: SlackParts): void {
  app.command("/wikistats", async ({ command, context, ack }) => {
    await ack();
    const { channel_id: channel, user_id: user, response_url: responseUrl } = command;
    await showStats({ team: context.teamId ?? "", channel, user, responseUrl }, parts);
  });

  app.action(CLEAR_CACHE, async ({ body, context, ack }) => {
    await ack();
    const { user, response_url: responseUrl } = clickSchema.parse(body);
    await clearCache({ team: context.teamId ?? "", user: user.id, responseUrl }, parts);
  });
}

interface Viewer {
  readonly team: string;
  readonly user: string;
  readonly responseUrl: string;
}

async function showStats(viewer: Viewer & { readonly channel: string }, parts: SlackParts): Promise<void> {
  try {
    const asked = [gatherFigures(parts.stats), isAdmin(viewer, parts), parts.textsOf(viewer)] as const;
    const [figures, mayClear, texts] = await Promise.all(asked);
    await tell(viewer, statsMessage(figures, { mayClear, texts }));
    if (figures.usage !== undefined) await showChart(figures.usage.perDay, viewer, parts);
  } catch (error) {
    parts.log.warn({ err: error }, "figures not shown");
  }
}

/** Who may is asked again: a click proves nothing. */
async function clearCache(viewer: Viewer, parts: SlackParts): Promise<void> {
  const texts = await parts.textsOf(viewer);
  try {
    if (!(await isAdmin(viewer, parts))) return await tell(viewer, { text: texts.onlyAdmins });
    const entries = await parts.cache.clear();
    parts.log.info({ author: `slack:${viewer.user}`, entries }, "cache cleared");
    const figures = await gatherFigures(parts.stats);
    const note = texts.stats.cleared(entries);
    await tell(viewer, { replace_original: true, ...statsMessage(figures, { mayClear: true, note, texts }) });
  } catch (error) {
    parts.log.warn({ err: error }, "cache not cleared");
    await tell(viewer, { text: sorryFor(error, texts) }).catch(() => undefined);
  }
}

function tell({ responseUrl }: Viewer, body: object): Promise<void> {
  const message = { response_type: "ephemeral", replace_original: false, ...body };
  return untilAnswered(() => respond(responseUrl, message), undefined, { patienceMs: PATIENCE_MS });
}
