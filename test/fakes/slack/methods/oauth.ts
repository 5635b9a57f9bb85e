import { kind, method, TIER } from "../method.ts";
import { Refusal } from "../refusal.ts";

export const oauthMethods = {
  "oauth.v2.access": method({
    perMinute: TIER.special,
    token: "none",
    args: {
      client_id: kind.text,
      client_secret: kind.text,
      code: kind.text.optional(),
      redirect_uri: kind.text.optional(),
      grant_type: kind.text.optional(),
      refresh_token: kind.text.optional(),
    },
    run(args, { installs }) {
      const client = { id: args.client_id, secret: args.client_secret };
      if (args.grant_type === "refresh_token") return installs.refresh(client, args.refresh_token ?? "");
      if (args.code === undefined) throw new Refusal("invalid_code");
      return installs.exchange(client, args.code, args.redirect_uri);
    },
  }),
};
