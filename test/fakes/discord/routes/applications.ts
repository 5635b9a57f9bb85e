import type { Fields } from "../entities.ts";
import { userFields } from "../fields.ts";
import { route, type Call } from "../route.ts";

function application({ app, world, appFlags }: Call): Fields {
  return {
    id: app.id,
    name: app.name,
    description: "",
    icon: null,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: "0".repeat(64),
    flags: appFlags,
    owner: { ...userFields(world.users.get(app.id)!), id: "100000000000000001", username: "owner", bot: false },
    team: null,
    approximate_guild_count: [...world.guilds.values()].filter(({ members }) => members.has(app.id)).length,
    integration_types_config: { "0": {}, "1": {} },
  };
}

function gateway({ gatewayFields, gateway: { starts } }: Call): Fields {
  return { ...gatewayFields, session_start_limit: starts.fields() };
}

export const applicationRoutes = [
  route("GET /gateway/bot", gateway),
  route("GET /applications/@me", application),
  route("GET /oauth2/applications/@me", application),
];
