import { kind, method, TIER } from "../method.ts";

export const appMethods = {
  "auth.test": method({
    perMinute: TIER.special,
    args: {},
    run(_, { world, token, self, app }) {
      const team = world.teams.get(token.team);
      const user = world.users.get(self);
      return {
        url: `https://${team?.name.toLowerCase()}.slack.com/`,
        team: team?.name,
        user: user?.name,
        team_id: token.team,
        user_id: self,
        bot_id: user?.bot?.id,
        app_id: app.id,
        app_name: app.name,
        is_enterprise_install: false,
      };
    },
  }),

  "auth.revoke": method({
    perMinute: TIER.three,
    args: { test: kind.flag.optional() },
    run(args, { token }) {
      if (args.test !== true) token.state = "token_revoked";
      return { revoked: args.test !== true };
    },
  }),

  "apps.connections.open": method({
    perMinute: TIER.one,
    token: "app",
    scopes: ["connections:write"],
    args: {},
    run: (_, call) => ({ url: call.openConnection() }),
  }),
};
