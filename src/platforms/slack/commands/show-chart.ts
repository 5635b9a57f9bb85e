import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { UsageFigures } from "../../../core/exchange.ts";
import { describeChart, drawChart } from "../../chart.ts";
import type { SlackApi } from "../slack-api.ts";
import { SlackRefusal } from "../slack-error.ts";
import type { SlackParts } from "../slack-parts.ts";

/** Slack refuses blocks with a file that it is still looking at (slackapi/python-slack-sdk#1521): so long to wait, each time. */
const WAITS_MS = [250, 500, 1_000, 2_000, 4_000];
const TIMEOUT_MS = 10_000;

const uploadSchema = z.object({ upload_url: z.url(), file_id: z.string() });

type PerDay = UsageFigures["perDay"];

/**
 * Shows somebody the chart below the figures, in a message of its own: it is not to keep these waiting, and what answers a command
 * cannot be changed (slackapi/bolt-js#2287). Not where Footnote is no member: there it may not show a file.
 */
export async function showChart(
  perDay: PerDay,
  { team, channel, user }: { readonly team: string; readonly channel: string; readonly user: string },
  { workspaces, log }: Pick<SlackParts, "workspaces" | "log">,
): Promise<void> {
  const api = workspaces.api(team);
  try {
    const text = describeChart(perDay);
    const image = { type: "image", slack_file: { id: await upload(perDay, api) }, alt_text: text };
    await onceFileIsReady(() => api.ifFree("chat.postEphemeral", { channel, user, text, blocks: [image] }));
  } catch (error) {
    log.info({ err: error, channel }, "no chart shown");
  }
}

/** Only Footnote may see the file, and whom it shows it to. @returns the file's id */
async function upload(perDay: PerDay, api: SlackApi): Promise<string> {
  const png = drawChart(perDay);
  const filename = "questions-a-day.png";
  const { upload_url: url, file_id: id } = uploadSchema.parse(
    await api.once("files.getUploadURLExternal", { filename, length: png.length, alt_txt: describeChart(perDay) }),
  );
  const body = new Uint8Array(png);
  const response = await fetch(url, { method: "POST", body, signal: AbortSignal.timeout(TIMEOUT_MS) });
  await response.body?.cancel();
  if (!response.ok) throw new SlackRefusal("upload_failed");
  await api.once("files.completeUploadExternal", { files: [{ id, title: filename }] });
  return id;
}

async function onceFileIsReady(show: () => Promise<unknown>): Promise<void> {
  for (const waitMs of WAITS_MS) {
    try {
      await show();
      return;
    } catch (error) {
      if (!(error instanceof SlackRefusal) || !error.code.startsWith("invalid_blocks")) throw error;
      await sleep(waitMs, undefined, { ref: false });
    }
  }
  await show();
}
