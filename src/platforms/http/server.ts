import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Failure } from "../../core/failure.ts";
import { answerUnreadable } from "./unreadable-requests.ts";

/** How long `close` lets answers be written to their end. */
const CLOSE_GRACE_MS = 1_000;
const SWEEP_MS = 20;

export interface ListeningServer {
  /** `http://127.0.0.1:3000` */
  readonly address: string;
  /** Idle connections are closed; what is being answered goes on. */
  closeIdle(): void;
  close(): Promise<void>;
}

/**
 * @param options.idleLimitMs longest time a connection may carry nothing; longer than the longest answer takes
 * @throws {Failure} `invalid-config` when the address cannot be had
 */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  { host, port, idleLimitMs }: { readonly host: string; readonly port: number; readonly idleLimitMs: number },
): Promise<ListeningServer> {
  const respond = getRequestListener(fetch);
  // A client that sends its request by drops holds a connection no longer than this.
  const limits = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000 };
  const server = createServer(limits, (incoming, outgoing) => void respond(incoming, outgoing));
  answerUnreadable(server);
  // A client that neither reads nor leaves would hold its stream for ever.
  server.setTimeout(idleLimitMs);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen({ host, port }, resolve);
  try {
    await promise;
  } catch (cause) {
    throw new Failure("invalid-config", "HOST and PORT: the address is taken or not ours", { cause });
  }
  return {
    address: addressOf(server),
    closeIdle: () => server.closeIdleConnections(),
    close: () => close(server),
  };
}

async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  // A stream that ends now leaves a connection behind that was promised to be kept alive, and that `close` would wait for.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
  try {
    await promise;
  } finally {
    clearInterval(sweep);
    clearTimeout(timer);
  }
}

function addressOf(server: Server): string {
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("not listening on a port");
  const { address, family, port } = bound;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
