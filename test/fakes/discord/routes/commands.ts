import { z } from "zod";
import { commandFields, type Command } from "../command-book.ts";
import type { Fields } from "../entities.ts";
import { Refusal } from "../refusal.ts";
import { route, type Answer, type Call } from "../route.ts";
import { parse } from "../validation.ts";

/** The guild of the path; `undefined` for global commands. */
function scopeOf({ app, params, world }: Call): string | undefined {
  if (params["app"] !== app.id) throw new Refusal(world.users.has(params["app"] ?? "") ? 20012 : 10002);
  const guild = params["guild"];
  if (guild !== undefined && world.guilds.get(guild)?.members.has(app.id) !== true) throw new Refusal(50001);
  return guild;
}

function fieldsOf(
  command: Command,
  { app, query }: Call,
  withLocalizations = query.get("with_localizations") === "true",
) {
  return commandFields(command, app.id, withLocalizations);
}

function list(call: Call): Fields[] {
  return call.commands.list(scopeOf(call)).map((command) => fieldsOf(command, call));
}

function overwrite(call: Call): Fields[] {
  const guild = scopeOf(call);
  const bodies = parse(z.array(z.looseObject({})), call.body);
  return call.commands.overwrite(bodies, guild).map((command) => fieldsOf(command, call, true));
}

function create(call: Call): Fields {
  const guild = scopeOf(call);
  return fieldsOf(call.commands.put(call.body, guild), call, true);
}

function commandOf(call: Call): Command {
  const command = call.commands.list(scopeOf(call)).find(({ id }) => id === call.params["command"]);
  if (command === undefined) throw new Refusal(10063);
  return command;
}

function remove(call: Call): undefined {
  call.commands.remove(commandOf(call));
}

function bothScopes(method: string, rest: string, run: (call: Call) => Answer) {
  return [`/applications/:app/commands${rest}`, `/applications/:app/guilds/:guild/commands${rest}`].map((path) =>
    route(`${method} ${path}`, run),
  );
}

export const commandRoutes = [
  ...bothScopes("GET", "", list),
  ...bothScopes("PUT", "", overwrite),
  ...bothScopes("POST", "", create),
  ...bothScopes("GET", "/:command", (call) => fieldsOf(commandOf(call), call, true)),
  ...bothScopes("DELETE", "/:command", remove),
];
