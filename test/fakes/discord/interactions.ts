import { randomBytes } from "node:crypto";
import type { VirtualClock } from "../slack/virtual-clock.ts";
import { CALLBACK, type Callback, type Choice } from "./callback-rules.ts";
import { hasFlag, FLAG, type Channel, type Fields, type Message } from "./entities.ts";
import type { GatewayEvent } from "./gateway.ts";
import { interactionEvent } from "./interaction-fields.ts";
import type { InteractionReplies } from "./interaction-replies.ts";
import type { MessageAt } from "./person.ts";
import { invalid, Refusal } from "./refusal.ts";
import type { Upload } from "./route.ts";
import type { World } from "./world.ts";

/** What became of an interaction. */
export interface Invoked {
  readonly id: string;
  readonly channel: string;
  /** What the app was told. */
  readonly event: GatewayEvent;
  /** Whether the app responded in time; if not, people see "The application did not respond". */
  readonly isAnswered: boolean;
  /** The message that the response wrote, or updated; absent when it only acknowledged, and for modals. */
  readonly reply?: MessageAt;
  /** The modal it opened. */
  readonly modal?: Fields;
  /** What it offered while somebody types. */
  readonly choices?: readonly Choice[];
}

/** Docs, *Interaction Type*. */
export const INTERACTION = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

/** What somebody does with the app. */
export interface NewInteraction {
  readonly type: (typeof INTERACTION)[keyof typeof INTERACTION];
  readonly user: string;
  readonly channel: Channel;
  readonly data: Fields;
  /** The message whose component it is, or was before a modal opened. */
  readonly source?: Message;
  /** The message a message command was chosen on. */
  readonly target?: Message;
  /** Of the command, as people see it. */
  readonly name?: string;
}

export interface Interaction extends NewInteraction {
  readonly id: string;
  readonly token: string;
  readonly createdAt: number;
  /** Installed by the user alone, not in the guild. */
  readonly isUserInstalled: boolean;
  state: "waiting" | "expired" | "answered";
  /** Id of the message that `@original` names. */
  original?: string;
  /** Messages it wrote, by id. */
  readonly written: Set<string>;
  followUps: number;
}

/** Hands interactions to the app once, and takes its responses. */
export interface InteractionDesk {
  /** Resolves once the app has responded, or its time is over. */
  open(interaction: NewInteraction): Promise<Invoked>;
  /** @throws {Refusal} 10062, 40060 */
  respond(id: string, token: string, callback: Callback, files: readonly Upload[]): Interaction;
  /** The interaction a webhook's token stands for. @throws {Refusal} 10015, 50027 */
  byToken(token: string): Interaction;
}

/** Docs, *Receiving and Responding*: "Interaction tokens are valid for 15 minutes". */
const TOKEN_LIFE_MS = 900_000;

const ALLOWED: Readonly<Record<number, readonly number[]>> = {
  [INTERACTION.command]: [CALLBACK.message, CALLBACK.deferMessage, CALLBACK.modal],
  [INTERACTION.component]: [
    CALLBACK.message,
    CALLBACK.deferMessage,
    CALLBACK.deferUpdate,
    CALLBACK.update,
    CALLBACK.modal,
  ],
  [INTERACTION.autocomplete]: [CALLBACK.choices],
  [INTERACTION.modal]: [CALLBACK.message, CALLBACK.deferMessage, CALLBACK.deferUpdate, CALLBACK.update],
};

export interface InteractionOptions {
  readonly world: World;
  readonly clock: VirtualClock;
  readonly replies: InteractionReplies;
  readonly app: string;
  /** Virtual milliseconds. */
  readonly deadlineMs: number;
  tell(event: GatewayEvent): void;
  fault(code: number, detail: string): void;
}

export function createInteractions(options: InteractionOptions): InteractionDesk {
  const { world, clock, replies, app, deadlineMs, tell, fault } = options;
  const byId = new Map<string, Interaction>();
  const waiting = new Map<string, (outcome: Omit<Invoked, "id" | "channel" | "event">) => void>();

  async function open(wanted: NewInteraction): Promise<Invoked> {
    const guild = world.guilds.get(wanted.channel.guild ?? "");
    const interaction: Interaction = {
      ...wanted,
      id: world.nextId(),
      token: randomBytes(48).toString("base64url"),
      createdAt: clock.now(),
      isUserInstalled: guild !== undefined && !guild.members.has(app),
      state: "waiting",
      written: new Set(),
      followUps: 0,
    };
    byId.set(interaction.id, interaction);
    const { promise, resolve } = Promise.withResolvers<Omit<Invoked, "id" | "channel" | "event">>();
    waiting.set(interaction.id, resolve);
    const stopWaiting = clock.after(deadlineMs, () => expire(interaction));
    const event = interactionEvent(interaction, world, app);
    tell(event);
    const outcome = await promise;
    stopWaiting();
    return { id: interaction.id, channel: interaction.channel.id, event, ...outcome };
  }

  function expire(interaction: Interaction): void {
    interaction.state = "expired";
    fault(10062, `the app did not respond to ${interaction.name ?? "an interaction"} in time`);
    waiting.get(interaction.id)?.({ isAnswered: false });
  }

  function respond(id: string, token: string, callback: Callback, files: readonly Upload[]): Interaction {
    const interaction = byId.get(id);
    if (interaction?.token !== token || interaction.state === "expired") throw new Refusal(10062);
    if (interaction.state === "answered") throw new Refusal(40060);
    const isSourced = interaction.type !== INTERACTION.modal || interaction.source !== undefined;
    const isUpdate = callback.type === CALLBACK.deferUpdate || callback.type === CALLBACK.update;
    if (ALLOWED[interaction.type]?.includes(callback.type) !== true || (isUpdate && !isSourced)) {
      throw invalid("type", "BASE_TYPE_CHOICES", "This response type cannot be used for this interaction");
    }
    const outcome = carryOut(interaction, callback, files);
    interaction.state = "answered";
    waiting.get(id)?.({ isAnswered: true, ...outcome });
    return interaction;
  }

  function carryOut(interaction: Interaction, callback: Callback, files: readonly Upload[]): Partial<Invoked> {
    switch (callback.type) {
      case CALLBACK.message: {
        const message = replies.write(interaction, callback.data, files);
        interaction.original = message.id;
        return at(message);
      }
      case CALLBACK.deferMessage: {
        const isEphemeral = hasFlag(callback.data.flags ?? 0, FLAG.ephemeral);
        const message = replies.think(interaction, isEphemeral);
        interaction.original = message.id;
        return at(message);
      }
      case CALLBACK.deferUpdate:
        interaction.original = interaction.source!.id;
        return {};
      case CALLBACK.update: {
        interaction.original = interaction.source!.id;
        return at(replies.edit(interaction, interaction.source!.id, callback.data, files));
      }
      case CALLBACK.choices:
        return { choices: callback.data.choices };
      case CALLBACK.modal:
        break;
    }
    replies.openModal(interaction, callback.data);
    return { modal: callback.data };
  }

  return {
    open,
    respond,
    byToken(token) {
      const interaction = [...byId.values()].find((known) => known.token === token);
      if (interaction === undefined) throw new Refusal(10015);
      if (clock.now() > interaction.createdAt + TOKEN_LIFE_MS) throw new Refusal(50027);
      if (interaction.state !== "answered") throw new Refusal(10015);
      return interaction;
    },
  };
}

function at({ channel, id }: Message): Pick<Invoked, "reply"> {
  return { reply: { channel, id } };
}
