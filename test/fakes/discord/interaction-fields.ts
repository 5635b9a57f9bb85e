import type { Fields } from "./entities.ts";
import { channelFields, memberFields, permissionsFields, userFields } from "./fields.ts";
import { messageFields } from "./message-fields.ts";
import type { GatewayEvent } from "./gateway.ts";
import type { Interaction } from "./interactions.ts";
import { MAX_FILE_BYTES } from "./request-body.ts";
import type { World } from "./world.ts";

/** `INTERACTION_CREATE` (docs, *Interaction Object*). */
export function interactionEvent(interaction: Interaction, world: World, app: string): GatewayEvent {
  const { id, token, type, data, channel, source, isUserInstalled } = interaction;
  const user = world.users.get(interaction.user)!;
  const permissions = permissionsFields(world, user.id, channel);
  const fields: Fields = {
    id,
    token,
    type,
    data,
    application_id: app,
    version: 1,
    channel_id: channel.id,
    channel: { ...channelFields(channel, world, app), ...(channel.guild === undefined ? {} : { permissions }) },
    locale: user.locale,
    entitlements: [],
    app_permissions: permissionsFields(world, app, channel),
    attachment_size_limit: MAX_FILE_BYTES,
    ...(source === undefined ? {} : { message: messageFields(source, world) }),
  };
  const guild = world.guilds.get(channel.guild ?? "");
  if (guild === undefined) {
    const owners = { "0": "0" };
    return eventOf({ ...fields, user: userFields(user), context: 1, authorizing_integration_owners: owners });
  }
  return eventOf(
    {
      ...fields,
      guild_id: guild.id,
      guild: { id: guild.id, locale: guild.locale, features: [] },
      guild_locale: guild.locale,
      member: { ...memberFields(guild.members.get(user.id)!, world), permissions },
      context: 0,
      authorizing_integration_owners: isUserInstalled ? { "1": user.id } : { "0": guild.id },
    },
    guild.id,
  );
}

function eventOf(data: Fields, guild?: string): GatewayEvent {
  return { name: "INTERACTION_CREATE", data, ...(guild === undefined ? {} : { guild }) };
}
