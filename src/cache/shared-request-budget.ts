import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { Failure } from "../core/failure.ts";
import type { RequestBudget, RequestBudgetFigures, RequestPermit } from "../core/wiki.ts";
import { ACQUIRE, FIGURES, GIVE_BACK, PAUSE, budgetKeys } from "./budget-scripts.ts";
import { cancellation, orCancelled } from "../core/cancellation.ts";
import type { RedisConnection } from "./redis-connection.ts";

export interface SharedBudgetLimits {
  /** Who counts the requests: budgets of one scope on one Redis are one budget. */
  readonly scope: string;
  readonly perMinute: number;
  /** Default: 3 (Wikimedia: at most 3 concurrent requests). */
  readonly concurrent?: number;
  /** Default: 10,000. */
  readonly maxWaitMs?: number;
}

const acquireReply = z.number().optional();
const figuresReply = z.tuple([z.number(), z.number(), z.number()]);

/** A replica that died holding a permit gives it back after so long; no request to a wiki may take longer. */
const LEASE_MS = 30_000;
/** How often the first of those who wait looks whether another replica has given a permit back. */
const LOOK_AGAIN_MS = 100;
/** When to come again after waiting in vain for others to finish: most requests take less. */
const RETRY_AFTER_MS = 1_000;

/**
 * One budget for all replicas, kept in Redis by Redis' own clock. Whoever gets a permit there takes one of this process's
 * `fallback` as well, so that it knows what is under way when Redis goes away and it has to go on alone.
 */
export class SharedRequestBudget implements RequestBudget {
  readonly #redis: RedisConnection;
  readonly #fallback: RequestBudget;
  readonly #keys: readonly string[];
  readonly #limits: Required<Omit<SharedBudgetLimits, "scope">>;
  /** Resolves when everyone who came earlier has been served or has gone. */
  #queue: Promise<unknown> = Promise.resolve();
  #released = Promise.withResolvers<void>();

  constructor(
    redis: RedisConnection,
    fallback: RequestBudget,
    { scope, perMinute, concurrent = 3, maxWaitMs = 10_000 }: SharedBudgetLimits,
  ) {
    this.#redis = redis;
    this.#fallback = fallback;
    this.#keys = budgetKeys(scope);
    this.#limits = { perMinute, concurrent, maxWaitMs };
  }

  async acquire(signal?: AbortSignal): Promise<RequestPermit> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(overBudget(RETRY_AFTER_MS)), this.#limits.maxWaitMs);
    const either = signal ? AbortSignal.any([signal, patience.signal]) : patience.signal;
    try {
      return await this.#inTurn(either, () => this.#acquire(either, performance.now() + this.#limits.maxWaitMs));
    } finally {
      clearTimeout(timer);
    }
  }

  async pause(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return;
    const pause = [...this.#keys, Math.ceil(milliseconds)];
    await Promise.all([
      this.#fallback.pause(milliseconds),
      this.#redis.ask((client) => client.eval(PAUSE, this.#keys.length, ...pause)),
    ]);
  }

  async figures(): Promise<RequestBudgetFigures> {
    const reply = await this.#redis.ask((client) => client.eval(FIGURES, this.#keys.length, ...this.#keys));
    if (reply === undefined) return this.#fallback.figures();
    const [sent, inFlight, pausedForMs] = figuresReply.parse(reply);
    const { perMinute } = this.#limits;
    return { perMinute, left: Math.max(0, perMinute - sent), inFlight, pausedForMs };
  }

  async #inTurn<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
    const earlier = this.#queue;
    const turn = Promise.withResolvers<void>();
    this.#queue = Promise.all([earlier, turn.promise]);
    try {
      await orCancelled(earlier, signal);
      return await run();
    } finally {
      turn.resolve();
    }
  }

  async #acquire(signal: AbortSignal, giveUpAt: number): Promise<RequestPermit> {
    const lease = await this.#lease(signal, giveUpAt);
    try {
      return this.#permit(await this.#fallback.acquire(signal), lease);
    } catch (error) {
      this.#giveBack(lease, "unsent");
      throw error;
    }
  }

  /** The id of a lease in Redis; `undefined` when Redis is away. */
  async #lease(signal: AbortSignal, giveUpAt: number): Promise<string | undefined> {
    const id = randomUUID();
    for (;;) {
      if (signal.aborted) throw cancellation(signal);
      const released = this.#released.promise;
      const waitMs = await this.#ask(id);
      if (waitMs === undefined) return undefined;
      if (waitMs === 0) return id;
      if (performance.now() + waitMs > giveUpAt) throw overBudget(waitMs);
      // A negative wait says that too many requests are under way, and nobody knows for how long.
      await orCancelled(waitMs > 0 ? delay(waitMs) : Promise.race([released, delay(LOOK_AGAIN_MS)]), signal);
    }
  }

  async #ask(id: string): Promise<number | undefined> {
    const { perMinute, concurrent } = this.#limits;
    const reply = await this.#redis.ask((client) =>
      client.eval(ACQUIRE, this.#keys.length, ...this.#keys, id, perMinute, concurrent, LEASE_MS),
    );
    return acquireReply.parse(reply);
  }

  #permit(permit: RequestPermit, lease: string | undefined): RequestPermit {
    let isHeld = true;
    return {
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        permit.release();
        this.#giveBack(lease, "sent");
      },
    };
  }

  #giveBack(lease: string | undefined, request: "sent" | "unsent"): void {
    if (lease !== undefined) {
      this.#redis.tell((client) => client.eval(GIVE_BACK, this.#keys.length, ...this.#keys, lease, request));
    }
    this.#released.resolve();
    this.#released = Promise.withResolvers();
  }
}

function overBudget(retryAfterMs: number): Failure {
  return new Failure("over-budget", "no permit for a request to the wiki", { retryAfterMs });
}
