import type { Courier, Delivery } from "./courier.ts";
import type { Channel, Fields, Message } from "./entities.ts";
import { messageFields } from "./method.ts";
import type { World } from "./world.ts";

/** Tells the app what happens, as far as it subscribed to it and its bot can see it. */
export interface Announcer {
  /** A mention comes as two events with ids of their own, `message` and `app_mention`. */
  posted(message: Message): Delivery[];
  /** An edited message that mentions the bot comes as `app_mention`, too, with `edited`, whatever it said before. */
  changed(message: Message, before: Message): Delivery[];
  deleted(message: Message): Delivery[];
  /** Any other event of a team. */
  happened(team: string, event: Fields): Delivery[];
}

const MESSAGE_EVENTS = {
  public: { event: "message.channels", type: "channel" },
  private: { event: "message.groups", type: "group" },
  im: { event: "message.im", type: "im" },
  mpim: { event: "message.mpim", type: "mpim" },
} as const;

export function createAnnouncer({
  world,
  courier,
  appId,
  subscriptions,
}: {
  readonly world: World;
  readonly courier: Courier;
  readonly appId: string;
  readonly subscriptions: readonly string[];
}): Announcer {
  let count = 0;

  /** Teams whose installation of the app can see the channel, the channel's own first. */
  function witnesses(channel: Channel): string[] {
    return [channel.team, ...channel.sharedWith].filter((team) => botsOf(team).some((bot) => channel.members.has(bot)));
  }

  function botsOf(team: string): string[] {
    return [...world.users.values()]
      .filter(({ bot, team: home }) => bot?.app === appId && home === team)
      .map(({ id }) => id);
  }

  function send(team: string, event: Fields, channel?: Channel): Delivery {
    count += 1;
    return courier.deliver("events_api", {
      token: "verification-token",
      team_id: team,
      context_team_id: team,
      context_enterprise_id: null,
      api_app_id: appId,
      event,
      type: "event_callback",
      event_id: `Ev${String(count).padStart(9, "0")}`,
      event_time: Math.floor(Number(event["event_ts"])),
      authorizations: botsOf(team)
        .slice(0, 1)
        .map((user) => ({
          enterprise_id: null,
          team_id: team,
          user_id: user,
          is_bot: true,
          is_enterprise_install: false,
        })),
      is_ext_shared_channel: (channel?.sharedWith.length ?? 0) > 0,
      event_context: `4-${count}`,
    });
  }

  function said(message: Message, channel: Channel): Fields {
    const fields = { ...messageFields(message, { world, includeMetadata: true }), channel: channel.id };
    const team = world.users.get(message.user)?.team;
    return channel.sharedWith.length === 0 ? fields : { ...fields, user_team: team, source_team: team };
  }

  function messageEvent(message: Message, event: (channel: Channel) => Fields): Delivery[] {
    const channel = world.channels.get(message.channel)!;
    const { event: name, type } = MESSAGE_EVENTS[channel.kind];
    const team = witnesses(channel)[0];
    if (team === undefined || !subscriptions.includes(name) || message.onlyFor !== undefined) return [];
    return [send(team, { ...event(channel), channel_type: type }, channel)];
  }

  function mentionEvent(message: Message): Delivery[] {
    const channel = world.channels.get(message.channel)!;
    if (channel.kind === "im" || message.onlyFor !== undefined || message.subtype !== undefined) return [];
    if (!subscriptions.includes("app_mention")) return [];
    const team = witnesses(channel).find((home) => botsOf(home).some((bot) => message.text.includes(`<@${bot}>`)));
    if (team === undefined || botsOf(team).includes(message.user)) return [];
    const eventTs = message.edited?.ts ?? message.ts;
    return [send(team, { ...said(message, channel), type: "app_mention", event_ts: eventTs }, channel)];
  }

  return {
    posted: (message) => [
      ...messageEvent(message, (channel) => ({ ...said(message, channel), event_ts: message.ts })),
      ...mentionEvent(message),
    ],
    changed: (message, before) => [
      ...messageEvent(message, (channel) => {
        const ts = world.nextTs();
        return {
          type: "message",
          subtype: "message_changed",
          hidden: true,
          message: said(message, channel),
          previous_message: said(before, channel),
          channel: channel.id,
          ts,
          event_ts: ts,
        };
      }),
      ...mentionEvent(message),
    ],
    deleted: (message) =>
      messageEvent(message, (channel) => {
        const ts = world.nextTs();
        return {
          type: "message",
          subtype: "message_deleted",
          hidden: true,
          previous_message: said(message, channel),
          deleted_ts: message.ts,
          channel: channel.id,
          ts,
          event_ts: ts,
        };
      }),
    happened: (team, event) =>
      subscriptions.includes(String(event["type"])) ? [send(team, { event_ts: world.nextTs(), ...event })] : [],
  };
}
