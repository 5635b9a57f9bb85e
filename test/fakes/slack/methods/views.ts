import { kind, method, TIER, type Call } from "../method.ts";
import { Refusal } from "../refusal.ts";

export const viewMethods = {
  "views.open": method({
    perMinute: TIER.four,
    args: { view: kind.view, trigger_id: kind.text },
    run(args, call) {
      if (args.view.type !== "modal") throw new Refusal("invalid_arguments", "view.type is not modal");
      const user = call.views.useTrigger(args.trigger_id, call.clock.now());
      return { view: call.views.show(user, args.view, viewContext(call)) };
    },
  }),

  "views.update": method({
    perMinute: TIER.four,
    args: { view: kind.view, view_id: kind.text, hash: kind.text.optional() },
    run: (args, call) => ({ view: call.views.replace(args.view_id, args.view, args.hash, viewContext(call)) }),
  }),

  "views.publish": method({
    perMinute: TIER.four,
    args: { view: kind.view, user_id: kind.text, hash: kind.text.optional() },
    run(args, call) {
      if (args.view.type !== "home") throw new Refusal("invalid_arguments", "view.type is not home");
      if (!call.world.users.has(args.user_id)) throw new Refusal("user_not_found", args.user_id);
      return { view: call.views.show(args.user_id, args.view, viewContext(call)) };
    },
  }),
};

function viewContext({ app, token, world, self }: Call) {
  return { app: app.id, team: token.team, bot: world.users.get(self)?.bot?.id ?? "" };
}
