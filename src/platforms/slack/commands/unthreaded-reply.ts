import { z } from "zod";
import type { ExchangeRevision } from "../../../core/exchange.ts";
import { Failure } from "../../../core/failure.ts";
import type { ReplyProgress, ReplySink } from "../../../core/reply.ts";
import { type PartLimits, splitMarkdown } from "../../splitter.ts";
import { untilAnswered } from "../../until-answered.ts";
import { answerBody, apologyTails } from "../answer-body.ts";
import { bodiesOf, firstAccepted, type MessageBody, NO_TAIL, type Tails } from "../message-body.ts";
import type { SlackTexts } from "../texts/slack-texts.ts";

/** Characters. Larger than in a thread: through a response_url Slack takes five messages, and one may be spent. */
const LIMITS: PartLimits = { soft: 7_500, hard: 9_000 };

const sentSchema = z.object({
  revision: z.number().int(),
  /** How many messages of that revision's answer have been sent. */
  sent: z.number().int(),
});

type Sent = Readonly<z.infer<typeof sentSchema>>;

export interface UnthreadedReplyParts {
  /** Says it once. @throws {SlackRefusal} @throws {SlackSilence} */
  readonly say: (body: MessageBody) => Promise<void>;
  readonly exchange: ExchangeRevision;
  /** In the asker's language; never rejects. */
  readonly texts: Promise<SlackTexts>;
  readonly progress: ReplyProgress | undefined;
  readonly save: (progress: ReplyProgress) => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

/**
 * A reply in messages that can be neither changed nor found again: it is said at the end, in one piece where it fits. What was sent
 * is not sent again after a crash; where nobody knows, it is, for an answer that comes twice is better than none.
 */
export function createUnthreadedReply(parts: UnthreadedReplyParts): ReplySink {
  const { say, exchange, texts, progress, save, signal } = parts;
  const nothing: Sent = { revision: exchange.revision, sent: 0 };
  const resumed = sentSchema.safeParse(progress).data;
  let state = resumed?.revision === exchange.revision ? resumed : nothing;

  async function deliver(text: string, tails: Tails): Promise<ReplyProgress> {
    try {
      const all = splitMarkdown(text, LIMITS);
      for (const [index, part] of all.entries()) {
        if (index >= state.sent) await deliverPart(index, bodiesOf(part, index === all.length - 1 ? tails : NO_TAIL));
      }
      return state;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Failure) throw error;
      throw new Failure("delivery-failed", "Slack did not take the reply", { cause: error });
    }
  }

  async function deliverPart(index: number, bodies: readonly MessageBody[]): Promise<void> {
    await untilAnswered(() => firstAccepted(bodies, say), signal);
    state = { ...state, sent: index + 1 };
    await untilAnswered(() => save(state), signal);
  }

  return {
    async status() {},
    async source() {},
    async append() {},
    async finish(answer) {
      const { markdown, tails } = answerBody(exchange, answer, await texts);
      return deliver(markdown, tails);
    },
    async fail(kind) {
      const known = await texts;
      return deliver(known.apology(kind), apologyTails(exchange, kind, known));
    },
    // Nobody can take back what only the asker has been shown.
    async retract() {},
  };
}
