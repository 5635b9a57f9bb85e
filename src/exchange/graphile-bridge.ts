import { EventEmitter } from "node:events";
import { Logger, type WorkerEvents } from "graphile-worker";
import type { Log } from "../core/log.ts";
import type { WorkerSession } from "./worker-session.ts";

/** graphile-worker's chatter: what it calls an error or a warning is a warning here, as nothing is lost by it; the rest is for debugging. */
export function workerLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === "error" || level === "warning") log.warn({ detail: message }, "graphile-worker");
    else log.debug({ detail: message }, "graphile-worker");
  });
}

/** Events that make the session hold the lock of every worker pool from its creation on. */
export function announcing(session: WorkerSession, log: Log): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  events.on("pool:create", ({ workerPool }) => {
    // A lock that could not be taken now is taken when the session is open again.
    session.announce(workerPool.id).catch((error: unknown) => log.warn({ err: error }, "worker not announced"));
  });
  return events;
}
