import type { GatewayMessageCreateDispatchData } from "discord.js";
import { textsFor } from "../texts.ts";
import { type AllGuildSettings, isAllowedIn, limitOf, mentionsOf } from "./guild-settings.ts";
import { type Heard, isThreadType } from "./inbound.ts";
import type { TellNote } from "./notes.ts";
import type { ParentOf } from "./thread-parents.ts";

export interface GuildRulesParts {
  readonly settings: AllGuildSettings;
  readonly parentOf: ParentOf;
  readonly tell: TellNote;
}

type GatewayMessage = Pick<GatewayMessageCreateDispatchData, "guild_id" | "channel_id" | "channel_type" | "member">;

/**
 * What was heard, as the settings of its server want it taken; `undefined` when it is not to be answered there.
 * @throws {Failure} `store-unavailable`
 */
export async function underRules(
  heard: Heard,
  event: GatewayMessage,
  { settings: all, parentOf, tell }: GuildRulesParts,
): Promise<Heard | undefined> {
  const settings = await all.of(event.guild_id);
  const isAboutChannels = settings.channels.length > 0 || settings.mentionOnly.length > 0;
  const parent = isAboutChannels && isThreadType(event.channel_type) ? await parentOf(event.channel_id) : undefined;
  const channels = [event.channel_id, parent];
  if (!isAllowedIn(settings, channels)) {
    const { hints } = textsFor(heard.place.locale);
    if (heard.isAddressed) tell(heard.place, hints.onlyIn(mentionsOf(settings.channels)));
    return undefined;
  }
  const { mode } = heard.place;
  const place = { ...heard.place, mode: mode === "thread" ? settings.answers : mode };
  const { language } = settings;
  const perMinute = limitOf(settings, event.member?.roles ?? []);
  return {
    ...heard,
    place,
    message: { ...heard.message, replyTo: { ...place }, ...(language !== undefined && { language }) },
    needsMention: settings.mentionOnly.some((channel) => channels.includes(channel)),
    ...(perMinute !== undefined && { perMinute }),
  };
}
