import type { Fields, Guild } from "../entities.ts";
import { channelFields, guildBasics, memberFields, roleFields, userFields } from "../fields.ts";
import { Refusal } from "../refusal.ts";
import { route, type Call } from "../route.ts";

function guildOf({ world, app, params }: Call): Guild {
  const guild = world.guilds.get(params["guild"] ?? "");
  if (guild === undefined) throw new Refusal(10004);
  if (!guild.members.has(app.id)) throw new Refusal(50001);
  return guild;
}

function channels(call: Call): Fields[] {
  const guild = guildOf(call);
  return [...call.world.channels.values()]
    .filter((channel) => channel.guild === guild.id && channel.thread === undefined)
    .filter((channel) => call.world.may(call.app.id, channel, "VIEW_CHANNEL"))
    .map((channel) => channelFields(channel, call.world));
}

function activeThreads(call: Call): Fields {
  const guild = guildOf(call);
  const threads = [...call.world.channels.values()]
    .filter(({ guild: home, thread }) => home === guild.id && thread?.isArchived === false)
    .filter((thread) => call.world.may(call.app.id, thread, "VIEW_CHANNEL"));
  return { threads: threads.map((thread) => channelFields(thread, call.world)), members: [] };
}

function member(call: Call): Fields {
  const guild = guildOf(call);
  const found = guild.members.get(call.params["user"] ?? "");
  if (found === undefined) throw new Refusal(10007);
  return memberFields(found, call.world);
}

function user(call: Call): Fields {
  const given = call.params["user"] ?? "";
  const found = call.world.users.get(given === "@me" ? call.app.id : given);
  if (found === undefined) throw new Refusal(10013);
  return userFields(found);
}

function ownGuilds({ world, app }: Call): Fields[] {
  return [...world.guilds.values()].filter(({ members }) => members.has(app.id)).map(({ id, name }) => ({ id, name }));
}

export const guildRoutes = [
  route("GET /guilds/:guild", (call) => guildBasics(guildOf(call))),
  route("GET /guilds/:guild/channels", channels),
  route("GET /guilds/:guild/roles", (call) => [...guildOf(call).roles.values()].map(roleFields)),
  route("GET /guilds/:guild/threads/active", activeThreads),
  route("GET /guilds/:guild/members/:user", member),
  route("GET /users/@me/guilds", ownGuilds),
  route("GET /users/:user", user),
];
