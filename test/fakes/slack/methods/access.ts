import type { Channel, Message } from "../entities.ts";
import type { Call } from "../method.ts";
import { Refusal } from "../refusal.ts";

/** A channel the caller may write in. A user's id stands for the direct messages with that user. @throws {Refusal} */
export function writableChannel(id: string, call: Call): Channel {
  const channel = id.startsWith("U") ? directMessages(id, call) : visibleChannel(id, call);
  if (!channel.members.has(call.self)) throw new Refusal("not_in_channel", id);
  if (channel.isArchived) throw new Refusal("is_archived", id);
  return channel;
}

/** A channel the caller may know of. @throws {Refusal} `channel_not_found` */
export function visibleChannel(id: string, call: Call): Channel {
  const channel = call.world.channels.get(id);
  if (channel === undefined) throw new Refusal("channel_not_found", id);
  const isOfTeam = [channel.team, ...channel.sharedWith].includes(call.token.team);
  const isHidden = channel.kind !== "public" && !channel.members.has(call.self);
  if (!isOfTeam || isHidden) throw new Refusal("channel_not_found", id);
  return channel;
}

/** The direct messages between the caller and a user, opened if they were not. @throws {Refusal} `user_not_found` */
export function directMessages(user: string, { world, self, token }: Call): Channel {
  if (!world.users.has(user)) throw new Refusal("user_not_found", user);
  const open = [...world.channels.values()].find(
    ({ kind, members, team }) => kind === "im" && team === token.team && members.has(user) && members.has(self),
  );
  if (open !== undefined) return open;
  const channel: Channel = {
    id: `D${user.slice(1)}${token.team.slice(1)}`,
    name: world.nameOf(user),
    kind: "im",
    team: token.team,
    sharedWith: [],
    members: new Set([user, self]),
    isArchived: false,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

/** @throws {Refusal} `message_not_found`, or `foreign` for a message of somebody else */
export function ownMessage(channel: Channel, ts: string, foreign: string, call: Call): Message {
  const message = call.world.message(channel.id, ts);
  if (message === undefined || message.onlyFor !== undefined) throw new Refusal("message_not_found", ts);
  if (message.user !== call.self) throw new Refusal(foreign, ts);
  return message;
}

/** The first message of the thread that `ts` names, or that the message `ts` is a reply in. @throws {Refusal} `thread_not_found` */
export function threadAt(channel: Channel, ts: string, { world }: Call): string {
  const message = world.message(channel.id, ts);
  if (message === undefined) throw new Refusal("thread_not_found", ts);
  return message.threadTs ?? message.ts;
}

/** The scope that reads a kind of channel: `channels:history`, `im:history` and so on. */
export function requireScope(channel: Channel, right: "history" | "read", { token }: Call): void {
  const family = { public: "channels", private: "groups", im: "im", mpim: "mpim" }[channel.kind];
  const needed = `${family}:${right}`;
  if (token.scopes.includes(needed)) return;
  throw new Refusal("missing_scope", needed, { needed, provided: token.scopes.join(",") });
}
