import { kind, method, TIER } from "../method.ts";
import { Refusal } from "../refusal.ts";
import { visibleChannel } from "./access.ts";

export const peopleMethods = {
  "users.info": method({
    perMinute: TIER.four,
    scopes: ["users:read"],
    args: { user: kind.text, include_locale: kind.flag.optional() },
    run(args, { world }) {
      const user = world.users.get(args.user);
      if (user === undefined) throw new Refusal("user_not_found", args.user);
      const { id, name, team, bot, isAdmin = false, locale = "en-US" } = user;
      return {
        user: {
          id,
          team_id: team,
          name,
          real_name: name,
          deleted: false,
          is_bot: bot !== undefined,
          is_app_user: false,
          is_admin: isAdmin,
          is_owner: false,
          ...(args.include_locale === true && { locale }),
          profile: {
            display_name: name,
            real_name: name,
            team,
            ...(bot === undefined ? {} : { bot_id: bot.id, api_app_id: bot.app }),
          },
        },
      };
    },
  }),

  "reactions.add": method({
    perMinute: TIER.three,
    scopes: ["reactions:write"],
    args: { channel: kind.text, timestamp: kind.text, name: kind.text },
    run(args, call) {
      const message = call.world.message(visibleChannel(args.channel, call).id, args.timestamp);
      if (message === undefined) throw new Refusal("message_not_found", args.timestamp);
      const given = { name: args.name, user: call.self };
      if (message.reactions.some(({ name, user }) => name === given.name && user === given.user)) {
        throw new Refusal("already_reacted", args.name);
      }
      call.world.revise(message, { reactions: [...message.reactions, given] }, "reacted");
      return {};
    },
  }),

  "reactions.remove": method({
    perMinute: TIER.two,
    scopes: ["reactions:write"],
    args: { channel: kind.text, timestamp: kind.text, name: kind.text },
    run(args, call) {
      const message = call.world.message(visibleChannel(args.channel, call).id, args.timestamp);
      if (message === undefined) throw new Refusal("message_not_found", args.timestamp);
      const others = message.reactions.filter(({ name, user }) => name !== args.name || user !== call.self);
      if (others.length === message.reactions.length) throw new Refusal("no_reaction", args.name);
      call.world.revise(message, { reactions: others }, "reacted");
      return {};
    },
  }),
};
