import type { Pool } from "pg";
import { conversationTitle } from "../core/conversation.ts";
import type { Change } from "../core/exchange.ts";
import { isExchangeId } from "./exchange-id.ts";
import { storable } from "./json.ts";
import { FIRST_QUESTIONS, FORGET, LOCK_EXCHANGE, REVISE } from "./revision-steps.ts";
import { inTransaction } from "./transaction.ts";

/** Exchanges that begin anew or go. Errors are the drivers' own. */
export function createRevisions(pool: Pool) {
  return {
    /** False when there is no such exchange that could be revised. */
    async revise(id: string, { question, subject, isWithdrawn }: Change): Promise<boolean> {
      if (!isExchangeId(id)) return false;
      const text = question === undefined ? null : storable(question);
      const title = text === null ? null : conversationTitle(text);
      const values = [id, text, subject === undefined ? null : storable(subject), isWithdrawn === true, title];
      const { rowCount } = await inTransaction(pool, async (client) => {
        await client.query({ name: "lock", text: LOCK_EXCHANGE, values: [id] });
        return client.query({ name: "revise", text: REVISE, values });
      });
      return rowCount === 1;
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
  };
}
