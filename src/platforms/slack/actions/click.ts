import type { App } from "@slack/bolt";
import { z } from "zod";
import type { Exchange } from "../../../core/exchange.ts";
import { respond } from "../commands/response-url.ts";
import { inTime } from "../in-time.ts";
import { type ButtonValue, readButtonValue } from "../reply-buttons.ts";
import type { SlackParts } from "../slack-parts.ts";
import { sorryFor } from "../sorry.ts";
import type { SlackTexts } from "../texts/slack-texts.ts";
import { tellOnly } from "./tell-only.ts";

/** Somebody pressed a button of ours. */
export interface Click {
  readonly value: ButtonValue;
  /** What the button says. */
  readonly label: string;
  readonly user: string;
  readonly team: string;
  readonly channel: string;
  /** Opens one view, within 3 s. */
  readonly trigger: string;
  /** In the thread of the message, if it stands in one. */
  readonly threadTs: string | undefined;
  /** Tells whoever clicked, and nobody else; in the background. @param textIn mrkdwn, in their language */
  readonly tell: (textIn: (texts: SlackTexts) => string) => void;
  /** Takes the message away if only the one who clicked sees it, for nothing else can change it; in the background. */
  readonly dismiss: () => void;
}

/** What a click does to the exchange as it is now. */
export type Reaction = (click: Click, exchange: Exchange) => Promise<void>;

/** Acked when what it does is stored, or the one who clicked has been told that it is not. */
export function onClick(app: App, parts: SlackParts, action: string | RegExp, react: Reaction): void {
  app.action(action, async ({ body, context, ack }) => {
    const click = readClick(body, context.teamId ?? "", parts);
    if (click !== undefined) await answer(click, parts, react);
    await ack();
  });
}

async function answer(click: Click, { store, log }: SlackParts, react: Reaction): Promise<void> {
  const { id } = click.value;
  async function find(): Promise<void> {
    const exchange = await store.exchange(id);
    if (exchange === undefined) click.tell(({ clicks }) => clicks.erased);
    else await react(click, exchange);
  }
  try {
    await inTime(find);
  } catch (error) {
    log.warn({ err: error, exchange: id }, "click not answered");
    click.tell((texts) => sorryFor(error, texts));
  }
}

const clickSchema = z.object({
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  container: z.object({ thread_ts: z.string().optional(), is_ephemeral: z.boolean().optional() }),
  response_url: z.string().optional(),
  trigger_id: z.string(),
  actions: z.array(z.object({ value: z.string().optional(), text: z.object({ text: z.string() }).optional() })),
});

function readClick(body: unknown, team: string, { workspaces, textsOf, log }: SlackParts): Click | undefined {
  const { data } = clickSchema.safeParse(body);
  const [action] = data?.actions ?? [];
  const value = readButtonValue(action?.value);
  if (data === undefined || value === undefined) return undefined;
  const channel = data.channel.id;
  const user = data.user.id;
  const threadTs = data.container.thread_ts;
  return {
    value,
    label: action?.text?.text ?? "",
    user,
    team,
    channel,
    trigger: data.trigger_id,
    threadTs,
    dismiss() {
      if (data.container.is_ephemeral !== true || data.response_url === undefined) return;
      respond(data.response_url, { delete_original: true }).catch((error: unknown) =>
        log.debug({ err: error }, "message not taken away"),
      );
    },
    tell: (textIn) =>
      tellOnly({ team, channel, user, threadTs }, (texts) => ({ text: textIn(texts) }), { workspaces, textsOf, log }),
  };
}
