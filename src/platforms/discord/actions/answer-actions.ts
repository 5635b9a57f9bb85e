import { type APIMessageComponentInteraction, ComponentType } from "discord.js";
import { choiceLabel } from "../answer-components.ts";
import type { DiscordParts } from "../discord-parts.ts";
import type { Listen } from "../dispatches.ts";
import { onClick, type Reaction } from "./click.ts";
import { isClosed, mayChange } from "./may-change.ts";
import { whyPages } from "./why-pages.ts";

/** What people can do with a reply. */
export function addAnswerActions(listen: Listen, parts: DiscordParts): void {
  onClick(listen, parts, {
    good: judge(parts),
    bad: judge(parts),
    why: async ({ texts }, { answer }) =>
      answer === undefined ? texts.clicks.nothingToExplain : whyPages(answer, texts),
    again: askAgain(parts),
    stop: stop(parts),
    choose: choose(parts),
  });
}

/** Keeps somebody's verdict on an answer; a later one takes its place. */
function judge({ store }: Pick<DiscordParts, "store">): Reaction {
  return async ({ component, person, texts }, exchange) => {
    if (component.revision !== exchange.revision) return texts.clicks.replaced;
    const verdict = component.action === "good" ? "good" : "bad";
    await store.judge(exchange.id, person, verdict);
    return texts.clicks.thanks[verdict];
  };
}

/** Puts the same question once more. A second click, or another replica's, finds it done. */
function askAgain({ inbox }: Pick<DiscordParts, "inbox">): Reaction {
  return async (click, exchange) => {
    const { clicks } = click.texts;
    if (!mayChange(exchange, click)) return clicks.onlyAskerAsksAgain;
    if (isClosed(exchange)) return clicks.tooOld;
    await inbox.revise(exchange.id, { ifRevision: click.component.revision });
    return undefined;
  };
}

/** The reply itself says that it was stopped. */
function stop({ store }: Pick<DiscordParts, "store">): Reaction {
  return async (click, exchange) => {
    const { clicks } = click.texts;
    if (!mayChange(exchange, click)) return clicks.onlyAskerStops;
    if (click.component.revision === exchange.revision && (await store.stop(exchange.id))) return undefined;
    // Another replica, or an earlier click, may just have stopped it.
    const now = await store.exchange(exchange.id);
    return now?.failure === "cancelled" ? undefined : clicks.nothingToStop;
  };
}

/** Takes a title that was offered for what the question is about. A second choice, or another replica's, finds it done. */
function choose({ inbox }: Pick<DiscordParts, "inbox">): Reaction {
  return async (click, exchange) => {
    const { component, interaction, texts } = click;
    if (interaction.guild_id !== undefined && !mayChange(exchange, click)) return texts.clicks.onlyAskerChooses;
    if (isClosed(exchange)) return texts.clicks.tooOld;
    const { index, label } = chosen(interaction);
    const subject = exchange.answer?.suggestions[index];
    if (component.revision === exchange.revision && subject !== undefined) {
      await inbox.revise(exchange.id, { subject, ifRevision: component.revision });
      return undefined;
    }
    const isDone = exchange.subject !== undefined && choiceLabel(exchange.subject) === label;
    return isDone ? undefined : texts.clicks.choiceClosed;
  };
}

interface Chosen {
  readonly index: number;
  /** As the menu shows it. */
  readonly label: string | undefined;
}

function chosen({ data, message }: APIMessageComponentInteraction): Chosen {
  const value = data.component_type === ComponentType.StringSelect ? data.values[0] : undefined;
  const components = (message.components ?? []).flatMap((row) =>
    row.type === ComponentType.ActionRow ? row.components : [],
  );
  const options = components.flatMap((one) => (one.type === ComponentType.StringSelect ? one.options : []));
  return { index: Number(value ?? Number.NaN), label: options.find((option) => option.value === value)?.label };
}
