import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { Store } from "../../src/core/exchange.ts";
import { conversationContract } from "./store-conversations.ts";
import { endingContract } from "./store-endings.ts";
import { exchangeContract } from "./store-exchanges.ts";
import { feedContract } from "./store-feed.ts";
import { figuresContract } from "./store-figures.ts";
import { forgottenContract } from "./store-forgotten.ts";
import { receivingContract } from "./store-receiving.ts";
import { revisionContract } from "./store-revisions.ts";
import { settingsContract } from "./store-settings.ts";
import { verdictContract } from "./store-verdicts.ts";

const contracts = [
  receivingContract,
  exchangeContract,
  revisionContract,
  endingContract,
  forgottenContract,
  verdictContract,
  conversationContract,
  settingsContract,
  figuresContract,
  feedContract,
];

/** What every Store must do. @param open gives an empty store, and closes it after the test */
export function storeContract(name: string, open: (t: TestContext) => Promise<Store>): void {
  for (const contract of contracts) contract(name, open);

  test(`${name} answers a ping`, async (t) => {
    const store = await open(t);

    await assert.doesNotReject(store.ping());
  });
}
