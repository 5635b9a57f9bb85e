import type { VirtualClock } from "../slack/virtual-clock.ts";
import { checkCommand, type CommandBody } from "./command-rules.ts";
import type { Fields } from "./entities.ts";
import { errorTree, Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

export interface Command {
  readonly id: string;
  readonly version: string;
  readonly guild?: string;
  /** As it was sent, with what Discord fills in. */
  readonly body: CommandBody;
}

/** The application's commands: global ones, and those of single guilds. */
export interface CommandBook {
  /** Global ones without a guild. */
  list(guild?: string): readonly Command[];
  /** Commands that keep their name and type keep their id. */
  overwrite(bodies: readonly unknown[], guild?: string): readonly Command[];
  put(body: unknown, guild?: string): Command;
  remove(command: Command): void;
  /** What people can run in a guild, its own commands before global ones. */
  find(name: string, type: number, guild?: string): Command | undefined;
}

/** Docs, *Application Commands*, registering: 100 slash commands, 15 menus of each kind; 200 creates a day and guild. */
const MOST: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };
const CREATES_PER_DAY = 200;
const DAY_MS = 86_400_000;

export function createCommandBook(world: World, clock: VirtualClock): CommandBook {
  let commands: readonly Command[] = [];
  const creates: { readonly at: number; readonly guild: string | undefined }[] = [];

  const list = (guild?: string): Command[] => commands.filter((command) => command.guild === guild);

  function take(body: unknown, guild: string | undefined, at: readonly PropertyKey[] = []): Command {
    const checked = { default_member_permissions: null, nsfw: false, ...defaultsFor(guild), ...checkCommand(body, at) };
    const before = list(guild).find((command) => isSame(command.body, checked));
    if (before === undefined) count(guild);
    const id = before?.id ?? world.nextId();
    return { id, version: world.nextId(), body: checked, ...(guild === undefined ? {} : { guild }) };
  }

  function count(guild: string | undefined): void {
    const today = creates.filter(({ at, guild: where }) => where === guild && at > clock.now() - DAY_MS);
    if (today.length >= CREATES_PER_DAY) throw new Refusal(30034);
    creates.push({ at: clock.now(), guild });
  }

  function replace(guild: string | undefined, own: readonly Command[]): void {
    commands = [...commands.filter((command) => command.guild !== guild), ...own];
  }

  return {
    list,
    overwrite(bodies, guild) {
      checkCounts(bodies);
      const taken = bodies.map((body, index) => take(body, guild, [index]));
      checkNames(taken);
      replace(guild, taken);
      return taken;
    },
    put(body, guild) {
      const command = take(body, guild);
      const own = [...list(guild).filter(({ id }) => id !== command.id), command];
      checkCounts(own.map(({ body: kept }) => kept));
      replace(guild, own);
      return command;
    },
    remove(command) {
      commands = commands.filter(({ id }) => id !== command.id);
    },
    find(name, type, guild) {
      const known = [...(guild === undefined ? [] : list(guild)), ...list()];
      return known.find(({ body }) => body.name === name && body.type === type);
    },
  };
}

function defaultsFor(guild: string | undefined): Fields {
  return guild === undefined ? { integration_types: [0], contexts: null } : {};
}

function isSame(one: CommandBody, other: CommandBody): boolean {
  return one.name === other.name && one.type === other.type;
}

function checkCounts(bodies: readonly unknown[]): void {
  const types = bodies.map((body) => Number((body as Fields)["type"] ?? 1));
  for (const [type, most] of Object.entries(MOST)) {
    if (types.filter((one) => one === Number(type)).length > most) throw new Refusal(30032);
  }
}

function checkNames(commands: readonly Command[]): void {
  const twice = commands.findIndex(({ body }, index) =>
    commands.slice(0, index).some((other) => isSame(other.body, body)),
  );
  if (twice < 0) return;
  const code = "APPLICATION_COMMANDS_DUPLICATE_NAME";
  throw new Refusal(50035, errorTree([{ path: [twice], code, message: "Application command names must be unique" }]));
}

/** A command as the API lists it; translations only if they are asked for, as Discord does it. */
export function commandFields({ id, version, guild, body }: Command, app: string, withLocalizations: boolean): Fields {
  const shown = withLocalizations ? body : withoutLocalizations(body);
  return {
    description: "",
    name_localizations: null,
    description_localizations: null,
    ...shown,
    id,
    application_id: app,
    version,
    dm_permission: true,
    ...(guild === undefined ? {} : { guild_id: guild }),
  };
}

function withoutLocalizations(thing: Fields): Fields {
  const { name_localizations: _, description_localizations: __, ...rest } = thing;
  for (const key of ["options", "choices"]) {
    if (Array.isArray(rest[key])) rest[key] = (rest[key] as Fields[]).map(withoutLocalizations);
  }
  return rest;
}
