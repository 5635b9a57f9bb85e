import type { Pool } from "pg";
import { conversationTitle } from "../core/conversation.ts";
import type { Change, Exchange } from "../core/exchange.ts";
import { isExchangeId } from "./exchange-id.ts";
import { FORGET_MESSAGE } from "./forgotten.ts";
import { storable } from "./json.ts";
import { FIRST_QUESTIONS, FORGET, LOCK_EXCHANGE, REVISE } from "./revision-steps.ts";
import { inTransaction } from "./transaction.ts";

/** Exchanges that begin anew or go. Errors are the drivers' own. */
export function createRevisions(pool: Pool, exchange: (id: string) => Promise<Exchange | undefined>) {
  return {
    async revise(id: string, change: Change): Promise<Exchange | undefined> {
      if (!isExchangeId(id)) return undefined;
      const { rowCount } = await inTransaction(pool, async (client) => {
        await client.query({ name: "lock", text: LOCK_EXCHANGE, values: [id] });
        return client.query({ name: "revise", text: REVISE, values: [id, ...parameters(change)] });
      });
      return rowCount === 1 ? exchange(id) : undefined;
    },

    async forget(id: string): Promise<void> {
      if (!isExchangeId(id)) return;
      await inTransaction(pool, async (client) => {
        await client.query({ name: "lock", text: LOCK_EXCHANGE, values: [id] });
        const { rows } = await client.query<{ id: string; text: string }>(FIRST_QUESTIONS, [id]);
        const [first, second] = rows;
        const title = first?.id === id && second !== undefined ? conversationTitle(second.text) : null;
        await client.query({ name: "forget", text: FORGET, values: [id, title] });
      });
    },

    async forgetMessage(platform: string, messageId: string): Promise<void> {
      await pool.query({ name: "forget message", text: FORGET_MESSAGE, values: [platform, messageId] });
    },
  };
}

function parameters({ question, subject, isWithdrawn, ifRevision }: Change): unknown[] {
  const text = question === undefined ? null : storable(question);
  return [
    text,
    subject === undefined ? null : storable(subject),
    isWithdrawn === true,
    text === null ? null : conversationTitle(text),
    ifRevision ?? null,
  ];
}
