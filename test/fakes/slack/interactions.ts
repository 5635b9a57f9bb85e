import type { Courier, Delivery, Outcome } from "./courier.ts";
import type { Block, Fields, Message, User } from "./entities.ts";
import { messageFields } from "./method.ts";
import { Refusal } from "./refusal.ts";
import { saysSomething, type Origin, type ResponseUrls } from "./response-urls.ts";
import type { VirtualClock } from "./virtual-clock.ts";
import type { View, Views } from "./views.ts";
import type { World } from "./world.ts";

/** Commands, clicks, shortcuts and modals: what Slack hands the app once, and shows the answer to. */
export interface Interactions {
  slash(user: User, channel: string, command: string, text: string): Delivery;
  click(user: User, message: Message, actionId: string, value?: string): Delivery;
  shortcut(user: User, message: Message, callbackId: string): Delivery;
  submit(user: User, view: View, values: Fields): Delivery;
}

export interface InteractionsOptions {
  readonly world: World;
  readonly clock: VirtualClock;
  readonly courier: Courier;
  readonly views: Views;
  readonly urls: ResponseUrls;
  readonly appId: string;
  /** The bot's user in a team. */
  botOf(team: string): string;
  /** The full address of a path. */
  address(path: string): string;
  fault(method: string, error: string, detail: string): void;
}

export function createInteractions(options: InteractionsOptions): Interactions {
  const { world, clock, courier, views, urls, appId, botOf, address, fault } = options;

  function hand(
    kind: "slash_commands" | "interactive",
    name: string,
    payload: Fields,
    onAck: (body: unknown) => void,
  ): Delivery {
    const delivery = courier.deliver(kind, payload);
    const show = (outcome: Outcome): Outcome => {
      // People see "operation_timeout" in place of an answer.
      if (!outcome.isAcked) fault(name, "operation_timeout", outcome.reason);
      else attempt(name, () => onAck(outcome.body));
      return outcome;
    };
    return { ...delivery, done: delivery.done.then(show) };
  }

  function attempt(name: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fault(name, error.code, error.message);
    }
  }

  function commonFields(user: User, team: string): Fields {
    return {
      api_app_id: appId,
      token: "verification-token",
      trigger_id: views.newTrigger(user.id, clock.now()),
      team: { id: team, domain: world.teams.get(team)?.name.toLowerCase() },
      user: { id: user.id, username: user.name, name: user.name, team_id: user.team },
      enterprise: null,
      is_enterprise_install: false,
    };
  }

  /** The team whose installation hears of what happens in the channel. */
  function teamOf(channelId: string, user: User): string {
    const channel = world.channels.get(channelId)!;
    const homes = [user.team, channel.team, ...channel.sharedWith];
    return homes.find((team) => channel.members.has(botOf(team))) ?? channel.team;
  }

  function responseUrl(origin: Origin): string {
    return address(urls.issue(origin));
  }

  return {
    slash(user, channel, command, text) {
      const team = teamOf(channel, user);
      const origin: Origin = { channel, user: user.id, self: botOf(team) };
      const { trigger_id: trigger } = commonFields(user, team);
      const payload = {
        token: "verification-token",
        team_id: team,
        team_domain: world.teams.get(team)?.name.toLowerCase(),
        channel_id: channel,
        channel_name: world.channels.get(channel)?.name,
        user_id: user.id,
        user_name: user.name,
        command,
        text,
        api_app_id: appId,
        is_enterprise_install: "false",
        response_url: responseUrl(origin),
        trigger_id: trigger,
      };
      return hand("slash_commands", command, payload, (body) => {
        if (saysSomething(body)) urls.reply(origin, body, (warning) => fault(command, warning, "ack"));
      });
    },

    click(user, message, actionId, value) {
      const team = teamOf(message.channel, user);
      const { block, element } = elementIn(message.blocks, actionId, value);
      const isEphemeral = message.onlyFor !== undefined;
      const payload = {
        ...commonFields(user, team),
        type: "block_actions",
        container: {
          type: "message",
          message_ts: message.ts,
          channel_id: message.channel,
          is_ephemeral: isEphemeral,
          ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
        },
        channel: { id: message.channel, name: world.channels.get(message.channel)?.name },
        ...(isEphemeral ? {} : { message: messageFields(message, { world, includeMetadata: true }) }),
        state: { values: {} },
        response_url: responseUrl({
          channel: message.channel,
          user: user.id,
          self: message.user,
          ts: message.ts,
          ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
        }),
        actions: [{ ...element, block_id: block["block_id"], action_ts: world.nextTs() }],
      };
      return hand("interactive", `click on ${actionId}`, payload, () => undefined);
    },

    shortcut(user, message, callbackId) {
      const team = teamOf(message.channel, user);
      const payload = {
        ...commonFields(user, team),
        type: "message_action",
        callback_id: callbackId,
        action_ts: world.nextTs(),
        message_ts: message.ts,
        channel: { id: message.channel, name: world.channels.get(message.channel)?.name },
        message: messageFields(message, { world, includeMetadata: true }),
        response_url: responseUrl({ channel: message.channel, user: user.id, self: botOf(team), ts: message.ts }),
      };
      return hand("interactive", `shortcut ${callbackId}`, payload, () => undefined);
    },

    submit(user, view, values) {
      const team = String(view["team_id"]);
      const payload = {
        ...commonFields(user, team),
        type: "view_submission",
        view: { ...view, state: { values } },
        response_urls: [],
      };
      return hand("interactive", `submit ${String(view["callback_id"])}`, payload, (body) => {
        const { response_action: action, view: next } = (body ?? {}) as { response_action?: string; view?: View };
        if (action === undefined || action === "clear") views.close(view.id);
        if (action === "update" && next !== undefined) {
          views.replace(view.id, next, undefined, {
            app: appId,
            team,
            bot: world.users.get(botOf(team))?.bot?.id ?? "",
          });
        }
      });
    },
  };
}

/** The button with this id, or the one of the feedback buttons with this value, as an action's payload names it. */
function elementIn(
  blocks: readonly Block[],
  actionId: string,
  value: string | undefined,
): { readonly block: Block; readonly element: Fields } {
  for (const block of blocks) {
    const elements = [
      ...((block["elements"] as Fields[] | undefined) ?? []),
      (block["accessory"] as Fields | undefined) ?? {},
    ];
    for (const element of elements.filter((candidate) => candidate["action_id"] === actionId)) {
      const parts =
        element["type"] === "feedback_buttons" ? [element["positive_button"], element["negative_button"]] : [element];
      const part = (parts as Fields[]).find((candidate) => value === undefined || candidate["value"] === value);
      if (part !== undefined) return { block, element: { ...actionFields(element, part) } };
    }
  }
  throw new Error(`no button ${actionId}${value === undefined ? "" : ` with value ${value}`} in the message`);
}

function actionFields(element: Fields, part: Fields): Fields {
  return { type: element["type"], action_id: element["action_id"], text: part["text"], value: part["value"] };
}
