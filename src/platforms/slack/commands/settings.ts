import type { App, types } from "@slack/bolt";
import { z } from "zod";
import { type ChannelSettings, readChannelSettings, saveChannelSettings } from "../channel-settings.ts";
import { inTime } from "../in-time.ts";
import { isAdmin } from "../is-admin.ts";
import type { SlackParts } from "../slack-parts.ts";
import { sorryFor } from "../sorry.ts";
import type { SlackTexts } from "../texts/slack-texts.ts";

const SETTINGS = "channel_settings";
/** Of the block and its element. */
const MENTION_ONLY = "mention_only";

const valuesSchema = z.object({
  [MENTION_ONLY]: z.object({ [MENTION_ONLY]: z.object({ selected_options: z.array(z.unknown()) }) }),
});

export interface SettingsCommand {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  /** Opens one view, within 3 s. */
  readonly trigger: string;
}

/** Shows an admin the channel's settings in a modal; says why not. @throws {Failure} `store-unavailable` */
export async function openSettings(
  command: SettingsCommand,
  texts: SlackTexts,
  parts: SlackParts,
): Promise<string | undefined> {
  const { team, channel, trigger } = command;
  // Slack: ids of direct messages begin with D.
  if (channel.startsWith("D")) return texts.noSettingsHere;
  if (!(await isAdmin(command, parts))) return texts.onlyAdmins;
  const view = settingsView(channel, await readChannelSettings(parts.store, team, channel), texts);
  await parts.workspaces.api(team).once("views.open", { trigger_id: trigger, view });
  return undefined;
}

/** What comes of the modal: the settings are saved, which it then says. */
export function addSettings(app: App, parts: SlackParts): void {
  app.view(SETTINGS, async ({ view, body, context, ack }) => {
    const submitted = { team: context.teamId ?? "", channel: view.private_metadata, user: body.user.id };
    const texts = await parts.textsOf(submitted);
    try {
      const values = valuesSchema.parse(view.state.values);
      const result = await inTime(() => save(submitted, values, texts, parts), context);
      await ack(result);
    } catch (error) {
      parts.log.warn({ err: error, channel: submitted.channel }, "settings not saved");
      await ack({ response_action: "errors", errors: { [MENTION_ONLY]: sorryFor(error, texts) } });
    }
  });
}

async function save(
  submitted: Omit<SettingsCommand, "trigger">,
  values: z.infer<typeof valuesSchema>,
  texts: SlackTexts,
  parts: SlackParts,
) {
  const { team, channel, user } = submitted;
  if (!(await isAdmin(submitted, parts))) {
    return { response_action: "errors" as const, errors: { [MENTION_ONLY]: texts.onlyAdmins } };
  }
  const mentionOnly = values[MENTION_ONLY][MENTION_ONLY].selected_options.length > 0;
  await saveChannelSettings(parts.store, team, channel, { mentionOnly }, `slack:${user}`);
  parts.log.info({ channel, mentionOnly }, "settings saved");
  return { response_action: "update" as const, view: savedView(channel, mentionOnly, texts) };
}

function settingsView(channel: string, { mentionOnly }: ChannelSettings, texts: SlackTexts): types.ModalView {
  const { channelSettings } = texts;
  const option = {
    text: plainText(channelSettings.mentionOnly),
    description: plainText(channelSettings.mentionOnlyMeans),
    value: MENTION_ONLY,
  };
  const blocks: types.KnownBlock[] = [
    section(channelSettings.channel(channel)),
    {
      type: "input",
      block_id: MENTION_ONLY,
      optional: true,
      label: plainText(channelSettings.followUps),
      element: {
        type: "checkboxes",
        action_id: MENTION_ONLY,
        options: [option],
        ...(mentionOnly && { initial_options: [option] }),
      },
    },
  ];
  const submit = plainText(texts.modal.save);
  return { ...modal(blocks, texts), callback_id: SETTINGS, private_metadata: channel, submit };
}

function savedView(channel: string, mentionOnly: boolean, texts: SlackTexts): types.ModalView {
  const { savedMentionOnly, savedFollowUps } = texts.channelSettings;
  return modal([section(mentionOnly ? savedMentionOnly(channel) : savedFollowUps(channel))], texts);
}

function modal(blocks: types.KnownBlock[], { modal: labels }: SlackTexts): types.ModalView {
  return {
    type: "modal",
    title: plainText(labels.settings),
    close: plainText(labels.close),
    blocks,
  };
}

function section(text: string): types.SectionBlock {
  return { type: "section", text: { type: "mrkdwn", text } };
}

function plainText(text: string): types.PlainTextElement {
  return { type: "plain_text", text };
}
