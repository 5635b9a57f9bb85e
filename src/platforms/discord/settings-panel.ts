import {
  type APIEmbed,
  type APIModalInteractionResponseCallbackData,
  type APITextInputComponent,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from "discord.js";
import { shortened } from "../shortened.ts";
import type { Texts } from "../texts.ts";
import { button, type Row, row } from "./answer-components.ts";
import { type GuildSettings, mentionsOf } from "./guild-settings.ts";
import { bodyOf, type MessageBody } from "./message-body.ts";

export const CHANNELS = "settings:channels";
export const MENTION_ONLY = "settings:mention-only";
export const ANSWERS = "settings:answers";
export const ROLE = "settings:role";
export const LANGUAGE = "settings:language";
/** Followed by the role's id. */
export const LIMIT = "settings:limit:";

/** Discord: characters of an embed's field. */
const MAX_FIELD = 1_024;
/** Discord: values of a menu. */
const MAX_VALUES = 25;
/** Where people ask: threads and posts belong to one of these. */
const CHANNEL_TYPES = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
];

/** The settings as they are, and what changes them. */
export function settingsPanel(settings: GuildSettings, texts: Texts): MessageBody {
  return bodyOf("", { embeds: [valuesOf(settings, texts.settings)], components: menusOf(settings, texts.settings) });
}

function valuesOf(settings: GuildSettings, texts: Texts["settings"]): APIEmbed {
  const { language, channels, mentionOnly, answers, perMinute } = settings;
  const limits = Object.entries(perMinute).map(([role, count]) => `<@&${role}>: ${texts.perMinute(count)}`);
  return {
    title: texts.title,
    fields: [
      { name: texts.language, value: language ?? texts.usualLanguage },
      { name: texts.channels, value: mentionsOf(channels) || texts.everywhere },
      { name: texts.mentionOnly, value: mentionsOf(mentionOnly) || texts.nowhere },
      { name: texts.answers, value: answers === "thread" ? texts.inThreads : texts.asReplies },
      { name: texts.limits, value: shortened(limits.join("\n"), MAX_FIELD) || texts.usualLimit },
    ],
  };
}

function menusOf({ channels, mentionOnly, answers }: GuildSettings, texts: Texts["settings"]): Row[] {
  const ways = [
    { label: texts.inThreads, value: "thread", default: answers === "thread" },
    { label: texts.asReplies, value: "reply", default: answers === "reply" },
  ];
  return [
    channelMenu(CHANNELS, `${texts.channels}: ${texts.everywhere}`, channels),
    channelMenu(MENTION_ONLY, `${texts.mentionOnly}: ${texts.nowhere}`, mentionOnly),
    row({ type: ComponentType.StringSelect, custom_id: ANSWERS, placeholder: texts.answers, options: ways }),
    row({ type: ComponentType.RoleSelect, custom_id: ROLE, placeholder: texts.limitOfRole }),
    row(button(LANGUAGE, `${texts.language}…`)),
  ];
}

function channelMenu(customId: string, placeholder: string, channels: readonly string[]): Row {
  return row({
    type: ComponentType.ChannelSelect,
    custom_id: customId,
    placeholder,
    channel_types: CHANNEL_TYPES,
    min_values: 0,
    max_values: MAX_VALUES,
    default_values: channels.map((id) => ({ id, type: SelectMenuDefaultValueType.Channel })),
  });
}

/** What the only field of a modal is known by. */
const VALUE = "value";

export function languageModal(
  { language }: GuildSettings,
  { settings }: Texts,
): APIModalInteractionResponseCallbackData {
  return modal(LANGUAGE, settings.language, settings.languageHint, language);
}

export function limitModal(
  role: string,
  { perMinute }: GuildSettings,
  { settings }: Texts,
): APIModalInteractionResponseCallbackData {
  return modal(`${LIMIT}${role}`, settings.questionsPerMinute, settings.limitHint, perMinute[role]?.toString());
}

function modal(
  customId: string,
  label: string,
  description: string,
  value: string | undefined,
): APIModalInteractionResponseCallbackData {
  const input: APITextInputComponent = {
    type: ComponentType.TextInput,
    custom_id: VALUE,
    style: TextInputStyle.Short,
    max_length: 40,
    required: false,
    ...(value !== undefined && { value }),
  };
  return {
    custom_id: customId,
    title: label,
    components: [{ type: ComponentType.Label, label, description, component: input }],
  };
}
