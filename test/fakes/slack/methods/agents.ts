import { z } from "zod";
import { kind, method, TIER } from "../method.ts";
import { threadAt, writableChannel } from "./access.ts";

const STATUSES = ["active", "processing", "suspended", "closed"] as const;

export const agentMethods = {
  /** The statuses people see are those of `assistant.threads.setStatus`; this one ends the stop button. */
  "agents.sessions.setStatus": method({
    perMinute: TIER.three,
    scopes: ["chat:write"],
    args: {
      channel_id: kind.text,
      thread_ts: kind.text,
      status: z.enum(STATUSES),
      title: z.string().max(200).optional(),
    },
    run(args, call) {
      threadAt(writableChannel(args.channel_id, call), args.thread_ts, call);
      return { agent_status: args.status };
    },
  }),
};
