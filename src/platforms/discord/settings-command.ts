import {
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ComponentType,
  GatewayDispatchEvents,
  InteractionResponseType,
  InteractionType,
} from "discord.js";
import { toFailure } from "../../core/failure.ts";
import { textsFor } from "../texts.ts";
import { readCommand } from "./command-input.ts";
import { SETTINGS, WIKI } from "./command-texts.ts";
import type { DiscordParts } from "./discord-parts.ts";
import type { Dispatches, Listen } from "./dispatches.ts";
import { respondOnly } from "./ephemeral.ts";
import type { AllGuildSettings, GuildSettings } from "./guild-settings.ts";
import { inTime } from "./in-time.ts";
import { isLanguageCode, languagesLike } from "./languages.ts";
import { memberOf } from "./member.ts";
import { respond } from "./respond.ts";
import {
  ANSWERS,
  CHANNELS,
  LANGUAGE,
  languageModal,
  LIMIT,
  limitModal,
  MENTION_ONLY,
  ROLE,
  settingsPanel,
} from "./settings-panel.ts";

type Interaction = Exclude<
  Dispatches[GatewayDispatchEvents.InteractionCreate],
  { readonly type: InteractionType.Ping }
>;
type Change = (before: GuildSettings) => GuildSettings;

/** `/wiki settings`: a panel for those who manage the server. Who may is asked with every change. */
export function addSettingsCommand(listen: Listen, parts: DiscordParts, settings: AllGuildSettings): void {
  const { api, log } = parts;

  listen(GatewayDispatchEvents.InteractionCreate, async (interaction) => {
    if (!isOfSettings(interaction)) return;
    const texts = textsFor(interaction.locale);
    try {
      await react(interaction);
    } catch (error) {
      const failure = toFailure(error);
      log.warn({ err: failure, guild: interaction.guild_id }, "settings not shown or changed");
      await respondOnly(api, interaction, texts.apology(failure.kind));
    }
  });

  async function react(interaction: Interaction): Promise<void> {
    const texts = textsFor(interaction.locale);
    const { guild_id: guild } = interaction;
    if (guild === undefined) return tell(interaction, texts.settings.onlyInServers);
    if (!memberOf(interaction, parts).isManager) return tell(interaction, texts.onlyManagers);
    if (interaction.type === InteractionType.MessageComponent) return choose(interaction, guild);
    if (interaction.type === InteractionType.ModalSubmit) return submit(interaction, guild);
    const panel = settingsPanel(await inTime(settings.of(guild)), texts);
    await respondOnly(api, interaction, panel);
  }

  async function choose(interaction: APIMessageComponentInteraction, guild: string): Promise<void> {
    const { data } = interaction;
    const values = data.component_type === ComponentType.Button ? [] : data.values;
    const [value] = values;
    if (data.custom_id === CHANNELS) return save(interaction, guild, (before) => ({ ...before, channels: values }));
    if (data.custom_id === MENTION_ONLY) {
      return save(interaction, guild, (before) => ({ ...before, mentionOnly: values }));
    }
    if (data.custom_id === ANSWERS) {
      return save(interaction, guild, (before) => ({ ...before, answers: value === "reply" ? "reply" : "thread" }));
    }
    const texts = textsFor(interaction.locale);
    const now = await inTime(settings.of(guild));
    const isOfRole = data.custom_id === ROLE && value !== undefined;
    const modal = isOfRole ? limitModal(value, now, texts) : languageModal(now, texts);
    await respond(api, interaction, { type: InteractionResponseType.Modal, data: modal });
  }

  async function submit(interaction: APIModalSubmitInteraction, guild: string): Promise<void> {
    const { custom_id: id } = interaction.data;
    const texts = textsFor(interaction.locale);
    const text = submitted(interaction);
    if (id === LANGUAGE) {
      const language = isLanguageCode(text) ? text.toLowerCase() : languagesLike(text, interaction.locale)[0]?.code;
      if (text !== "" && language === undefined) return tell(interaction, texts.settings.notALanguage);
      return save(interaction, guild, (before) => ({ ...before, language: text === "" ? undefined : language }));
    }
    const role = id.slice(LIMIT.length);
    const count = Number(text);
    if (text !== "" && !(Number.isInteger(count) && count >= 1 && count <= 1_000)) {
      return tell(interaction, texts.settings.notALimit);
    }
    return save(interaction, guild, (before) => {
      const others = Object.entries(before.perMinute).filter(([one]) => one !== role);
      const limits = text === "" ? others : [...others, [role, count]];
      return { ...before, perMinute: Object.fromEntries(limits) };
    });
  }

  async function save(interaction: Interaction, guild: string, change: Change): Promise<void> {
    const { person } = memberOf(interaction, parts);
    const { content, embeds, components } = settingsPanel(
      await inTime(settings.change(guild, change, person)),
      textsFor(interaction.locale),
    );
    await respond(api, interaction, {
      type: InteractionResponseType.UpdateMessage,
      data: { content, embeds: [...embeds], components: [...components] },
    });
  }

  async function tell(interaction: Interaction, text: string): Promise<void> {
    await respondOnly(api, interaction, text);
  }
}

function isOfSettings(interaction: Dispatches[GatewayDispatchEvents.InteractionCreate]): interaction is Interaction {
  if (interaction.type === InteractionType.MessageComponent || interaction.type === InteractionType.ModalSubmit) {
    return interaction.data.custom_id.startsWith("settings:");
  }
  return interaction.type === InteractionType.ApplicationCommand && readCommand(interaction)?.name === COMMAND;
}

const COMMAND = `${WIKI.name} ${SETTINGS.name}`;

/** What was typed into the modal's only field. */
function submitted({ data }: APIModalSubmitInteraction): string {
  const fields = data.components.flatMap((part) => (part.type === ComponentType.Label ? [part.component] : []));
  const [text = ""] = fields.flatMap((field) => (field.type === ComponentType.TextInput ? [field.value.trim()] : []));
  return text;
}
