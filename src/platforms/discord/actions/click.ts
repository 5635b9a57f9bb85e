import {
  type APIMessageComponentInteraction,
  GatewayDispatchEvents,
  InteractionResponseType,
  InteractionType,
} from "discord.js";
import type { Exchange } from "../../../core/exchange.ts";
import { toFailure } from "../../../core/failure.ts";
import { type Texts, textsFor } from "../../texts.ts";
import { type AnswerAction, type AnswerComponent, isOfPanel, readAnswerComponentId } from "../component-ids.ts";
import type { DiscordParts } from "../discord-parts.ts";
import type { Listen } from "../dispatches.ts";
import { followUpOnly, respondOnly } from "../ephemeral.ts";
import { inTime } from "../in-time.ts";
import { memberOf } from "../member.ts";
import { bodyOf, type MessageBody, NO_TAIL } from "../message-body.ts";
import { respond } from "../respond.ts";
import { isOfConversation } from "./is-of-conversation.ts";

/** Somebody used a component below an answer. */
export interface Click {
  readonly component: AnswerComponent;
  readonly interaction: APIMessageComponentInteraction;
  /** Id of the person, `discord:…`. */
  readonly person: string;
  /** Whether they manage the server, or everything here. */
  readonly isManager: boolean;
  readonly texts: Texts;
}

/** What whoever clicked is told in messages that nobody else sees; `undefined`: the reply itself shows what is done. */
export type Told = string | readonly MessageBody[] | undefined;

/** What a click does to the exchange as it is now. */
export type Reaction = (click: Click, exchange: Exchange) => Promise<Told>;

/** Responded to when what it does is stored, or else whoever clicked is told that it is not. */
export function onClick(
  listen: Listen,
  parts: DiscordParts,
  reactions: Readonly<Record<AnswerAction, Reaction>>,
): void {
  const { api, store, log } = parts;

  listen(GatewayDispatchEvents.InteractionCreate, async (interaction) => {
    if (interaction.type !== InteractionType.MessageComponent || isOfPanel(interaction.data.custom_id)) return;
    await tell(interaction, await answer(interaction));
  });

  async function answer(interaction: APIMessageComponentInteraction): Promise<Told> {
    const texts = textsFor(interaction.locale);
    const component = readAnswerComponentId(interaction.data.custom_id);
    if (component === undefined) return texts.clicks.notHere;
    const click = { component, interaction, texts, ...memberOf(interaction, parts) };
    try {
      return await inTime(react(click));
    } catch (error) {
      const failure = toFailure(error);
      log.warn({ err: failure, exchange: component.id }, "click not answered");
      return texts.apology(failure.kind);
    }
  }

  async function react(click: Click): Promise<Told> {
    const exchange = await store.exchange(click.component.id);
    if (exchange === undefined || exchange.isWithdrawn) return click.texts.clicks.erased;
    if (!isOfConversation(exchange, click)) return click.texts.clicks.notHere;
    return reactions[click.component.action](click, exchange);
  }

  async function tell(interaction: APIMessageComponentInteraction, told: Told): Promise<void> {
    if (told === undefined) {
      await respond(api, interaction, { type: InteractionResponseType.DeferredMessageUpdate });
      return;
    }
    const [first, ...others] = typeof told === "string" ? [bodyOf(told, NO_TAIL)] : told;
    // Another replica may have been first, and then the other pages are its to send.
    if (first === undefined || !(await respondOnly(api, interaction, first))) return;
    for (const page of others) await followUpOnly(api, interaction, page);
  }
}
