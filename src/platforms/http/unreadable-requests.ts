import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type ErrorBody } from "./schemas.ts";

/** What Node's parser objects to by itself, before there is a request: by the error's code. */
const REFUSALS: Readonly<Record<string, readonly [status: string, code: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "headers-too-large", "The headers are over 16 KiB."],
  HPE_INVALID_METHOD: ["501 Not Implemented", "method-not-implemented", "There is no such method here."],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "too-slow", "The request took too long to arrive."],
};
const NOT_HTTP = ["400 Bad Request", "not-http", "This is not a valid HTTP request."] as const;

/** Answers what the server cannot read as a request in JSON like everything else, and closes the connection. */
export function answerUnreadable(server: Server): void {
  const answering = new WeakSet<Duplex>();
  server.on("request", ({ socket }: IncomingMessage, outgoing: ServerResponse) => {
    answering.add(socket);
    outgoing.once("close", () => answering.delete(socket));
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    // In the middle of another answer, what is written here would be read as its rest.
    if (!socket.writable || answering.has(socket)) socket.destroy(error);
    else socket.end(refusal(...(REFUSALS[error.code ?? ""] ?? NOT_HTTP)));
  });
}

function refusal(status: string, code: string, message: string): string {
  const body = JSON.stringify({ error: { code, message } } satisfies ErrorBody);
  return [
    `HTTP/1.1 ${status}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Cache-Control: no-store",
    "X-Content-Type-Options: nosniff",
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}
