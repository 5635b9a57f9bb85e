import { blankMessage, type Actions } from "./actions.ts";
import { callsOf, compose } from "./compose.ts";
import { FLAG, hasFlag, MESSAGE_TYPE, type Fields, type Message } from "./entities.ts";
import { INTERACTION, type Interaction } from "./interactions.ts";
import { checkMessage, type ReplyBody } from "./message-rules.ts";
import { Refusal } from "./refusal.ts";
import type { Upload } from "./route.ts";
import type { NewMessage, World } from "./world.ts";

/** What an app says through an interaction: to everybody in the channel, or to the one who began it. */
export interface InteractionReplies {
  /** Shows that the app is at it. */
  think(interaction: Interaction, isEphemeral: boolean): Message;
  write(interaction: Interaction, body: ReplyBody, files: readonly Upload[]): Message;
  /** A further message; after a deferral the first one takes the place of "thinking", and its flags. @throws {Refusal} 40094 */
  followUp(interaction: Interaction, body: ReplyBody, files: readonly Upload[]): Message;
  /** @throws {Refusal} 10008 */
  edit(interaction: Interaction, message: string, body: ReplyBody, files: readonly Upload[]): Message;
  remove(interaction: Interaction, message: string): void;
  /** @throws {Refusal} 10008 */
  find(interaction: Interaction, message: string): Message;
  openModal(interaction: Interaction, modal: Fields): void;
  /** The modal before this person, and the interaction that opened it. */
  readonly modals: Map<string, { readonly modal: Fields; readonly opener: Interaction }>;
}

/** Docs, *Create Followup Message*, for apps that are installed by the user alone. */
const MOST_FOLLOW_UPS = 5;

export function createInteractionReplies({
  world,
  actions,
  app,
}: {
  readonly world: World;
  readonly actions: Actions;
  readonly app: string;
}): InteractionReplies {
  const modals: InteractionReplies["modals"] = new Map();

  function draftOf(interaction: Interaction, flags: number): NewMessage {
    const { id, type, user, name, channel, source, target } = interaction;
    checkOpen(interaction);
    const referred = target ?? source;
    const ofCommand = target === undefined ? MESSAGE_TYPE.command : MESSAGE_TYPE.menu;
    return {
      ...blankMessage(channel.id, app, type === INTERACTION.command ? ofCommand : MESSAGE_TYPE.reply),
      flags,
      interaction: { id, type, user, ...(type === INTERACTION.command && name !== undefined ? { name } : {}) },
      ...(referred === undefined ? {} : { reference: { channel: referred.channel, message: referred.id } }),
      ...(hasFlag(flags, FLAG.ephemeral) ? { onlyFor: user } : {}),
    };
  }

  /** A locked thread takes nothing more, not even from a command that was run before. */
  function checkOpen({ channel, isUserInstalled }: Interaction): void {
    if (!world.channels.has(channel.id)) throw new Refusal(10003);
    if (channel.thread?.isLocked === true) throw new Refusal(isUserInstalled ? 50001 : 50083);
  }

  function post(interaction: Interaction, draft: NewMessage): Message {
    const { message } = actions.post(draft);
    interaction.written.add(message.id);
    return message;
  }

  function callsIn(said: Pick<Message, "content" | "components">, interaction: Interaction, body: ReplyBody): string[] {
    const allowed = body.allowed_mentions;
    return callsOf(said, { world, channel: interaction.channel, author: app, allowed, unlessTold: ["users"] });
  }

  function write(interaction: Interaction, body: ReplyBody, files: readonly Upload[]): Message {
    const said = compose(body, files, world);
    const flags = body.flags ?? 0;
    checkMessage({ ...said, flags });
    return post(interaction, { ...draftOf(interaction, flags), ...said, pings: callsIn(said, interaction, body) });
  }

  function find({ channel, written, source }: Interaction, id: string): Message {
    const message = written.has(id) || source?.id === id ? world.message(channel.id, id) : undefined;
    if (message === undefined) throw new Refusal(10008);
    return message;
  }

  function edit(interaction: Interaction, id: string, body: ReplyBody, files: readonly Upload[]): Message {
    checkOpen(interaction);
    const before = find(interaction, id);
    const said = compose(body, files, world, before);
    const isThinking = hasFlag(before.flags, FLAG.loading);
    const wanted = (body.flags ?? 0) & (FLAG.suppressEmbeds | FLAG.componentsV2);
    const flags = (before.flags & ~FLAG.loading) | wanted;
    checkMessage({ ...said, flags });
    const pings = body.content === undefined ? before.pings : callsIn(said, interaction, body);
    const edited = isThinking ? {} : { editedAt: world.now() };
    return actions.revise(before, { ...said, flags, pings, ...edited }).message;
  }

  function thinking({ original, channel }: Interaction): Message | undefined {
    const message = original === undefined ? undefined : world.message(channel.id, original);
    return message !== undefined && hasFlag(message.flags, FLAG.loading) ? message : undefined;
  }

  return {
    modals,
    write,
    edit,
    find,
    think: (interaction, isEphemeral) =>
      post(interaction, draftOf(interaction, FLAG.loading | (isEphemeral ? FLAG.ephemeral : 0))),
    followUp(interaction, body, files) {
      if (interaction.isUserInstalled && interaction.followUps >= MOST_FOLLOW_UPS) throw new Refusal(40094);
      const original = thinking(interaction);
      const message =
        original === undefined ? write(interaction, body, files) : edit(interaction, original.id, body, files);
      interaction.followUps += 1;
      return message;
    },
    remove(interaction, id) {
      actions.remove(find(interaction, id));
    },
    openModal: (interaction, modal) => void modals.set(interaction.user, { modal, opener: interaction }),
  };
}
