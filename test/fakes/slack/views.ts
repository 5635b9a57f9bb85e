import { checkBlocks } from "./block-limits.ts";
import { textIn, type Block, type Fields } from "./entities.ts";
import { Refusal } from "./refusal.ts";

interface GivenView extends Fields {
  readonly type: string;
  readonly blocks: readonly Block[];
}

interface ViewContext {
  readonly app: string;
  readonly team: string;
  readonly bot: string;
}

/** A modal or home tab as the person it was opened for sees it. */
export interface View extends GivenView {
  readonly id: string;
  readonly hash: string;
}

/** A trigger opens one view, within this time (docs, *trigger_id*). */
const TRIGGER_LIFE_MS = 3000;
/** Blocks of a modal or home tab (docs, *Views*). */
const VIEW_BLOCKS = 100;

/** What apps show people beside messages: modals and home tabs, prompts and titles of agent threads. */
export class Views {
  /** By `channel:thread`; the thread is `""` for prompts of the whole conversation. */
  readonly prompts = new Map<string, readonly { readonly title: string; readonly message: string }[]>();
  readonly titles = new Map<string, string>();
  readonly #shown = new Map<string, { user: string; view: View }>();
  readonly #triggers = new Map<string, { user: string; at: number; isUsed: boolean }>();
  #count = 0;

  newTrigger(user: string, at: number): string {
    const id = `${(this.#count += 1)}.trigger.${user}`;
    this.#triggers.set(id, { user, at, isUsed: false });
    return id;
  }

  /** @throws {Refusal} */
  useTrigger(id: string, now: number): string {
    const trigger = this.#triggers.get(id);
    if (trigger === undefined) throw new Refusal("invalid_trigger_id", id);
    if (trigger.isUsed) throw new Refusal("exchanged_trigger_id", id);
    if (now - trigger.at > TRIGGER_LIFE_MS) throw new Refusal("expired_trigger_id", id);
    trigger.isUsed = true;
    return trigger.user;
  }

  /** @throws {Refusal} */
  show(user: string, given: GivenView, context: ViewContext): View {
    const id = `V${(this.#count += 1)}`;
    const view = this.#complete(id, given, context);
    this.#shown.set(id, { user, view });
    return view;
  }

  /** @throws {Refusal} */
  replace(id: string, given: GivenView, hash: string | undefined, context: ViewContext): View {
    const shown = this.#shown.get(id);
    if (shown === undefined) throw new Refusal("not_found", id);
    if (hash !== undefined && hash !== shown.view.hash) throw new Refusal("hash_conflict", id);
    shown.view = this.#complete(id, given, context);
    return shown.view;
  }

  close(id: string): void {
    this.#shown.delete(id);
  }

  /** What the person has open, the latest last. */
  seenBy(user: string): View[] {
    return [...this.#shown.values()].filter((shown) => shown.user === user).map(({ view }) => view);
  }

  #complete(id: string, given: GivenView, { app, team, bot }: ViewContext): View {
    checkView(given);
    return {
      ...given,
      id,
      hash: `${id}.${(this.#count += 1)}`,
      team_id: team,
      app_id: app,
      bot_id: bot,
      callback_id: given["callback_id"] ?? "",
      private_metadata: given["private_metadata"] ?? "",
      external_id: given["external_id"] ?? "",
      state: { values: {} },
      title: given["title"] ?? { type: "plain_text", text: "View Title", emoji: true },
      close: given["close"] ?? null,
      submit: given["submit"] ?? null,
      clear_on_close: false,
      notify_on_close: false,
      previous_view_id: null,
      root_view_id: id,
    };
  }
}

function checkView({ type, blocks, ...view }: GivenView): void {
  const title = (view["title"] as { text?: string } | undefined)?.text;
  if (type === "modal" && title === undefined)
    throw new Refusal("invalid_arguments", "missing required field: view.title");
  if (title !== undefined && title.length > 24) throw new Refusal("invalid_arguments", "view.title is longer than 24");
  if (textIn(view["private_metadata"]).length > 3000)
    throw new Refusal("invalid_arguments", "private_metadata is longer than 3000");
  if (blocks.length > VIEW_BLOCKS) throw new Refusal("invalid_arguments", `no more than ${VIEW_BLOCKS} blocks allowed`);
  for (let start = 0; start < blocks.length; start += 50) checkViewBlocks(blocks.slice(start, start + 50));
}

function checkViewBlocks(blocks: readonly Block[]): void {
  try {
    checkBlocks(blocks);
  } catch (error) {
    // A view has no limit over all its blocks, and calls every other fault by one name.
    if (error instanceof Refusal && error.code === "invalid_blocks")
      throw new Refusal("invalid_arguments", error.message, error.reply);
    if (!(error instanceof Refusal)) throw error;
  }
}
