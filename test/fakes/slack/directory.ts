import type { Channel, Token, User } from "./entities.ts";
import type { Person } from "./person.ts";
import type { World } from "./world.ts";

/** A workspace, and how the app speaks in it. The token is `""` where the app is not installed. */
export interface Installation {
  readonly id: string;
  readonly botToken: string;
  readonly botUser: string;
}

export interface NewChannel {
  /** Default `public`. */
  readonly kind?: Channel["kind"];
  /** Id of the team it belongs to; default: the first. */
  readonly team?: string;
  readonly sharedWith?: readonly string[];
  readonly members?: readonly Pick<Person, "id">[];
  /** Leaves out the bots of the installed teams, which are members else. */
  readonly withoutBot?: boolean;
  readonly isArchived?: boolean;
}

/** Who and what there is, with ids that can be told at a glance: `T0LIBRARY`, `C0GENERAL`, `U0ALICE`. */
export interface Directory {
  readonly home: Installation;
  readonly general: string;
  addTeam(name: string, options?: { readonly isInstalled?: boolean }): Installation;
  addChannel(name: string, options?: NewChannel): string;
  /** Installs the app with these scopes: its user, if there was none, and a new token. */
  install(team: string, scopes: readonly string[]): Token;
  /** Adds a user, and the direct messages with the bot, whose id comes with it. */
  addUser(
    name: string,
    team: string,
    as?: Pick<User, "bot" | "isAdmin" | "locale">,
  ): { readonly user: User; readonly direct: string };
}

export function createDirectory({
  world,
  app,
  scopes,
}: {
  readonly world: World;
  readonly app: { readonly id: string; readonly name: string };
  readonly scopes: readonly string[];
}): Directory {
  let tokenCount = 0;

  function addTeam(name: string, { isInstalled = true }: { readonly isInstalled?: boolean } = {}): Installation {
    const id = `T0${name.toUpperCase()}`;
    world.teams.set(id, { id, name });
    return { id, botToken: isInstalled ? install(id, scopes).value : "", botUser: botOf(id) };
  }

  function install(team: string, granted: readonly string[]): Token {
    const user = botOf(team);
    const value = `xoxb-fake-${(tokenCount += 1)}`;
    const token: Token = { value, kind: "bot", team, user, scopes: granted, state: "valid" };
    world.users.set(user, { id: user, name: app.name, team, bot: { id: `B${team.slice(1)}`, app: app.id } });
    world.tokens.set(value, token);
    return token;
  }

  function addChannel(name: string, wanted: NewChannel = {}): string {
    const { kind = "public", team = home.id, sharedWith = [], members = [], withoutBot = false } = wanted;
    const id = `C0${name.toUpperCase()}`;
    const bots = withoutBot ? [] : [team, ...sharedWith].map(botOf).filter((bot) => world.users.has(bot));
    const everybody = new Set([...members.map((member) => member.id), ...bots]);
    world.channels.set(id, {
      id,
      name,
      kind,
      team,
      sharedWith,
      members: everybody,
      isArchived: wanted.isArchived ?? false,
    });
    return id;
  }

  function addUser(
    name: string,
    team: string,
    as?: Pick<User, "bot" | "isAdmin" | "locale">,
  ): { readonly user: User; readonly direct: string } {
    const id = `U0${name.toUpperCase()}`;
    const user: User = { id, name, team, ...as };
    world.users.set(id, user);
    if (team === home.id) world.channels.get(general)?.members.add(id);
    const direct = `D${id.slice(1)}${team.slice(1)}`;
    const pair = new Set([id, botOf(team)]);
    world.channels.set(direct, {
      id: direct,
      name,
      kind: "im",
      team,
      sharedWith: [],
      members: pair,
      isArchived: false,
    });
    return { user, direct };
  }

  const home = addTeam("Library");
  const general = addChannel("general");
  return { home, general, install, addTeam, addChannel, addUser };
}

/** Id of the user that the app speaks through in a team. */
export function botOf(team: string): string {
  return `UBOT${team.slice(1)}`;
}
