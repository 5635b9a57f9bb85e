import { Socket } from "node:net";

/**
 * Imported before anything else (`node --import`): a connection to any address but this machine's own is refused, and
 * the process fails even if somebody swallows that. Names under `.invalid` may be tried, since they never resolve.
 */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\]|::ffff:127(\.\d{1,3}){3}|0\.0\.0\.0)$/;

interface Target {
  readonly host?: string | null;
  readonly path?: string | null;
}

const connect = Socket.prototype.connect;
Socket.prototype.connect = function guarded(this: Socket, ...args: unknown[]): Socket {
  const { host, path } = targetOf(args);
  if (typeof path !== "string" && typeof host === "string" && !LOOPBACK.test(host) && !host.endsWith(".invalid")) {
    process.exitCode = 1;
    process.stderr.write(`A test tried to reach ${host}: tests talk to this machine alone.\n`);
    throw new Error(`tests may not connect to ${host}`);
  }
  return Reflect.apply(connect, this, args) as Socket;
};

/** `connect` takes an options object, a port and a host, a path, or an array of these made by node itself. */
function targetOf([first, second]: readonly unknown[]): Target {
  if (Array.isArray(first)) return targetOf(first as unknown[]);
  if (typeof first === "object" && first !== null) return first;
  if (typeof first === "string" && Number.isNaN(Number(first))) return { path: first };
  return { host: typeof second === "string" ? second : null };
}
