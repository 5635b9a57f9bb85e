import type { TestContext } from "node:test";
import type { Exchange } from "../../../src/core/exchange.ts";
import type { Invoked } from "../../fakes/discord/interactions.ts";
import type { MessageAt, Person } from "../../fakes/discord/person.ts";
import { type DiscordFootnote, type DiscordFootnoteOptions, startDiscordFootnote } from "./discord-footnote.ts";

export interface AnsweredQuestion {
  readonly footnote: DiscordFootnote;
  /** The only message of the answer. */
  readonly reply: MessageAt;
  readonly exchangeId: string;
  exchange(): Promise<Exchange | undefined>;
  /** What the answer shows now. */
  shown(): string;
  /** Resolves once the answer shows it, and nothing is under way. */
  untilShown(text: string): Promise<void>;
}

/** A question that alice asked in the general channel, or in her direct messages, and the answer she got. */
export async function answered(
  t: TestContext,
  options: DiscordFootnoteOptions & { readonly isDirect?: boolean } = {},
): Promise<AnsweredQuestion> {
  const footnote = await startDiscordFootnote(t, options);
  const { discord, alice, core, seen } = footnote;
  const text = "how long does a day last on Mercury?";
  const isDirect = options.isDirect === true;
  const question = isDirect ? alice.dm(text) : alice.mention(discord.general, text);
  const channel = isDirect ? alice.direct : question.id;
  await seen(channel, isDirect ? 2 : 1);
  const reply = { channel, id: discord.messages(channel).at(-1)?.id ?? "" };
  const id = (await core.store.exchangeOf("discord", question.id))?.id ?? "";
  const shown = (): string => discord.channel(channel).entries().at(-1) ?? "";
  return {
    footnote,
    reply,
    exchangeId: id,
    exchange: () => core.store.exchange(id),
    shown,
    async untilShown(wanted) {
      await discord.until(() => shown().includes(wanted));
      await core.idle();
    },
  };
}

/** What the response to a click or a command shows this person alone; `undefined` when it shows them nothing. */
export function told({ discord }: DiscordFootnote, person: Person, { reply, channel }: Invoked): string | undefined {
  const frames = discord.channel(channel).history();
  const frame = frames.findLast(({ message }) => message === reply?.id);
  return frame?.onlyFor === person.id ? frame.text : undefined;
}
