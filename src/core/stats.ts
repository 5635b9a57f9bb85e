import type { CacheStats } from "./cache.ts";
import type { StoreStats, UsageFigures } from "./exchange.ts";
import type { RequestBudgetFigures, WikiHealth } from "./wiki.ts";

export interface CacheFigures extends CacheStats {
  /** `memoryBytes` for people, as Redis writes it: "1.2M"; `null` when unknown. */
  readonly memoryUsed: string | null;
}

export interface WikiFigures extends WikiHealth {
  /** As shown to people. */
  readonly name: string;
  /** `null` while the budget's keeper cannot be asked. */
  readonly budget: RequestBudgetFigures | null;
}

export interface Readiness {
  /** Whether questions can be taken: the database answers and its migrations are applied. The rest is reported and never fatal. */
  readonly ready: boolean;
  readonly database: "ok" | "unreachable";
  /** Migrations applied; 0 while the database cannot be reached. */
  readonly migrations: number;
  readonly cache: CacheStats["status"];
  readonly wiki: WikiHealth["state"];
}

/** Figures in the text format of Prometheus. */
export interface Metrics {
  readonly contentType: string;
  readonly text: string;
}

/** Figures for operators and for the curious, behind every platform's statistics. */
export interface Stats {
  cache(): Promise<CacheFigures>;
  /** @throws {Failure} `store-unavailable` */
  database(): Promise<StoreStats>;
  /** @throws {Failure} `store-unavailable` */
  usage(days: number): Promise<UsageFigures>;
  wiki(): Promise<WikiFigures>;
  /** Never throws: what is away is left out. */
  metrics(): Promise<Metrics>;
  /** Never throws, and takes 2 s at the most. */
  readiness(): Promise<Readiness>;
}
