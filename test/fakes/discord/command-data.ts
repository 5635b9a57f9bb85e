import type { CommandBook } from "./command-book.ts";
import type { CommandBody } from "./command-rules.ts";
import type { Channel, Fields } from "./entities.ts";
import { channelFields, memberFields, roleFields, userFields } from "./fields.ts";
import { PERMISSION } from "./permissions.ts";
import type { CommandOptions } from "./person.ts";
import type { World } from "./world.ts";

type Option = NonNullable<CommandBody["options"]>[number];

export interface Typing {
  readonly world: World;
  readonly commands: CommandBook;
  readonly app: string;
  readonly user: string;
  readonly channel: Channel;
  /** `wiki ask`. */
  readonly path: string;
  readonly options: CommandOptions;
  /** The option that is being typed into. */
  readonly focused?: string | undefined;
}

/** What the app is sent when somebody runs a command, or types into it; throws where Discord's client would not let them. */
export function commandData(typing: Typing): Fields {
  const { commands, channel, path } = typing;
  const [name = "", ...rest] = path.split(" ");
  const command = commands.find(name, 1, channel.guild);
  if (command === undefined) throw new Error(`no command /${name} is registered here`);
  checkUse(command.body, typing);
  const { options, values } = descend(command.body.options ?? [], rest, typing);
  return {
    id: command.id,
    name,
    type: 1,
    ...(command.guild === undefined ? {} : { guild_id: command.guild }),
    options,
    resolved: resolvedIn(values, typing),
  };
}

function checkUse(
  { contexts, integration_types: installs, default_member_permissions: needed }: CommandBody,
  { world, app, user, channel }: Typing,
): void {
  const context = channel.guild === undefined ? 1 : 0;
  if (contexts != null && !contexts.includes(context)) throw new Error("the command is not offered in such a place");
  const isInGuild = channel.guild === undefined || world.guilds.get(channel.guild)?.members.has(app) === true;
  if (installs?.includes(isInGuild ? 0 : 1) === false) throw new Error("the command is not installed here");
  if (channel.guild === undefined) return;
  const permissions = world.permissions(user, channel);
  if ((permissions & PERMISSION.USE_APPLICATION_COMMANDS) === 0n) throw new Error("commands are denied here");
  if (needed != null && (permissions & BigInt(needed)) !== BigInt(needed))
    throw new Error("the command is hidden from them");
}

interface Filled {
  readonly options: readonly Fields[];
  readonly values: readonly { readonly type: number; readonly value: unknown }[];
}

function descend(known: readonly Option[], path: readonly string[], typing: Typing): Filled {
  const [name, ...rest] = path;
  if (name !== undefined) {
    const group = known.find((option) => option.name === name && option.type <= 2);
    if (group === undefined) throw new Error(`/${typing.path} is no command`);
    const inner = descend(group.options ?? [], rest, typing);
    return { options: [{ type: group.type, name, options: inner.options }], values: inner.values };
  }
  if (known.some(({ type }) => type <= 2)) throw new Error(`/${typing.path} needs a subcommand`);
  return fillIn(known, typing);
}

function fillIn(known: readonly Option[], { options, focused, path }: Typing): Filled {
  const stranger = Object.keys(options).find((name) => !known.some((option) => option.name === name));
  if (stranger !== undefined) throw new Error(`/${path} has no option ${stranger}`);
  const missing = known.find(({ name, required }) => required === true && options[name] === undefined);
  if (missing !== undefined && focused === undefined) throw new Error(`/${path} needs ${missing.name}`);
  const values = known
    .filter(({ name }) => options[name] !== undefined)
    .map((option) => ({ type: option.type, name: option.name, value: valueOf(option, options[option.name]) }));
  return { options: values.map((filled) => (filled.name === focused ? { ...filled, focused: true } : filled)), values };
}

/** Docs, *Application Command Option Type*: 3 text, 4 whole number, 5 switch, 6 user, 7 channel, 8 role, 10 number. */
const KINDS: Readonly<Record<number, string>> = { 3: "string", 4: "number", 5: "boolean", 10: "number" };

function valueOf(option: Option, value: unknown): unknown {
  const { type, name } = option;
  if (typeof value !== (KINDS[type] ?? "string")) throw new Error(`${name} takes no ${typeof value}`);
  const choices = option["choices"] as readonly Fields[] | undefined;
  if (choices === undefined || choices.length === 0) return checkedText(option, value);
  const choice = choices.find((one) => one["name"] === value || one["value"] === value);
  if (choice === undefined) throw new Error(`${name} offers no ${String(value)}`);
  return choice["value"];
}

function checkedText(option: Option, value: unknown): unknown {
  if (typeof value !== "string") return value;
  const { min_length: least = 0, max_length: most = 6000 } = option as { min_length?: number; max_length?: number };
  if (value.length < least || value.length > most)
    throw new Error(`${option.name} takes ${least} to ${most} characters`);
  return value;
}

/** The users, channels and roles among the values. */
function resolvedIn(values: Filled["values"], { world, channel, app }: Typing): Fields {
  const guild = world.guilds.get(channel.guild ?? "");
  const idsOf = (type: number): string[] => values.filter((one) => one.type === type).map(({ value }) => String(value));
  const users = idsOf(6);
  const members = users.filter((id) => guild?.members.has(id) === true);
  return {
    ...(users.length === 0 ? {} : { users: entries(users, (id) => userFields(world.users.get(id)!)) }),
    ...(members.length === 0
      ? {}
      : { members: entries(members, (id) => memberFields(guild!.members.get(id)!, world)) }),
    ...(idsOf(7).length === 0
      ? {}
      : { channels: entries(idsOf(7), (id) => channelFields(world.channels.get(id)!, world, app)) }),
    ...(idsOf(8).length === 0 ? {} : { roles: entries(idsOf(8), (id) => roleFields(guild!.roles.get(id)!)) }),
  };
}

function entries(ids: readonly string[], fieldsOf: (id: string) => Fields): Fields {
  return Object.fromEntries(ids.map((id) => [id, fieldsOf(id)]));
}
