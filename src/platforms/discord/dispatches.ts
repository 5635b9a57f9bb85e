import type {
  GatewayDispatchEvents,
  GatewayGuildCreateDispatchData,
  GatewayGuildUpdateDispatchData,
  GatewayInteractionCreateDispatchData,
  GatewayMessageCreateDispatchData,
  GatewayMessageDeleteBulkDispatchData,
  GatewayMessageDeleteDispatchData,
  GatewayMessageUpdateDispatchData,
} from "discord.js";

/** What Discord tells, as it tells it: messages in order, and without waiting until every server is known. */
export interface Dispatches {
  readonly [GatewayDispatchEvents.GuildCreate]: GatewayGuildCreateDispatchData;
  readonly [GatewayDispatchEvents.GuildUpdate]: GatewayGuildUpdateDispatchData;
  readonly [GatewayDispatchEvents.MessageCreate]: GatewayMessageCreateDispatchData;
  readonly [GatewayDispatchEvents.MessageUpdate]: GatewayMessageUpdateDispatchData;
  readonly [GatewayDispatchEvents.MessageDelete]: GatewayMessageDeleteDispatchData;
  readonly [GatewayDispatchEvents.MessageDeleteBulk]: GatewayMessageDeleteBulkDispatchData;
  readonly [GatewayDispatchEvents.InteractionCreate]: GatewayInteractionCreateDispatchData;
}

/** Takes dispatches of one kind from now on. What `take` throws is logged. */
export type Listen = <E extends keyof Dispatches>(event: E, take: (data: Dispatches[E]) => Promise<void>) => void;
