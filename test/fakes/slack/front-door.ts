import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { buffer, json } from "node:stream/consumers";
import type { Files } from "./files.ts";
import { Refusal } from "./refusal.ts";
import type { ResponseUrls } from "./response-urls.ts";

/** A server on a free port of loopback. */
export async function listen(): Promise<{ readonly server: Server; readonly origin: string }> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { server, origin: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}` };
}

interface Rooms {
  readonly api: (incoming: IncomingMessage, reply: ServerResponse, path: URL) => Promise<void>;
  readonly urls: ResponseUrls;
  readonly files: Files;
  fault(method: string, error: string, detail: string): void;
  onServed(): void;
}

/** Leads every request to the Web API, to a `response_url`, or to where a file is uploaded. */
export function openFrontDoor(server: Server, origin: string, { api, urls, files, fault, onServed }: Rooms): void {
  async function serve(incoming: IncomingMessage, reply: ServerResponse): Promise<void> {
    const path = new URL(incoming.url ?? "", origin);
    if (path.pathname.startsWith("/api/")) await api(incoming, reply, path);
    else if (path.pathname.startsWith("/response/")) respond(path.pathname, await json(incoming), reply);
    else if (path.pathname.startsWith("/upload/")) receive(path.pathname, await buffer(incoming), reply);
    else reply.writeHead(404).end();
    onServed();
  }

  function receive(path: string, bytes: Buffer, reply: ServerResponse): void {
    try {
      files.receive(path, bytes);
      reply.end(`OK - ${bytes.length}`);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fault("upload", error.code, error.message);
      reply.writeHead(400).end(error.code);
    }
  }

  function respond(path: string, body: unknown, reply: ServerResponse): void {
    try {
      urls.post(path, body, (warning) => fault("response_url", warning, ""));
      reply.end("ok");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fault("response_url", error.code, error.message);
      const isGone = ["used_url", "expired_url", "invalid_url"].includes(error.code);
      reply.writeHead(isGone ? 404 : 400, { "content-type": "application/json" });
      reply.end(JSON.stringify({ ok: false, error: error.code }));
    }
  }

  server.on("request", (incoming, reply) => {
    serve(incoming, reply).catch((error: unknown) => {
      fault(incoming.url ?? "", "fake_is_broken", String(error));
      reply.destroy();
    });
  });
}
