import { isValidSlackRequest } from "@slack/bolt";
import { z } from "zod";
import type { Log } from "../../core/log.ts";
import type { Deliver } from "./receiver.ts";
import type { SlackRoute } from "./slack-route.ts";

/** Events are a few KB; Slack sends none of this size. */
const MAX_BODY_BYTES = 1_048_576;

const bodySchema = z.looseObject({ type: z.string(), challenge: z.string().optional() });
const commandSchema = z.looseObject({ command: z.string() });

export interface EventsRouteOptions {
  readonly signingSecret: string;
  /** Whether events can be taken now. When not, Slack sends them again. */
  readonly isOpen: () => boolean;
  readonly deliver: Deliver;
  readonly log: Log;
}

/** `POST /slack/events`, for commands and clicks, too: 200 for what has been stored, 503 for what Slack shall send again. */
export function createEventsRoute({ signingSecret, isOpen, deliver, log }: EventsRouteOptions): SlackRoute {
  async function handle(request: Request): Promise<Response> {
    const text = await readText(request);
    if (text === undefined) return new Response(null, { status: 413 });
    if (!isSigned(request.headers, text, signingSecret)) return new Response(null, { status: 401 });
    const body = readBody(request.headers, text);
    if (body === undefined) return new Response(null, { status: 400 });
    if (body["type"] === "url_verification") return Response.json({ challenge: body["challenge"] });
    if (!isOpen()) return new Response(null, { status: 503, headers: { "Retry-After": "5" } });

    const retryNum = request.headers.get("x-slack-retry-num");
    const retryReason = request.headers.get("x-slack-retry-reason");
    const event = {
      body,
      ...(retryNum !== null && { retryNum: Number(retryNum) }),
      ...(retryReason !== null && { retryReason }),
    };
    return untilAcked(event);
  }

  /** What is said in the ack is the response; a listener may go on after it. */
  async function untilAcked(event: Parameters<Deliver>[0]): Promise<Response> {
    const acked = Promise.withResolvers<Response>();
    deliver(event, async (said?: unknown) => acked.resolve(ackOf(said))).then(
      () => acked.resolve(new Response(null, { status: 200 })),
      (error: unknown) => {
        log.warn({ err: error }, "event not acked; Slack will send it again");
        acked.resolve(new Response(null, { status: 503 }));
      },
    );
    return acked.promise;
  }

  return { method: "POST", path: "/slack/events", handle };
}

/** The body; `undefined` when it is too long. Anybody may send one, so it is read no further than that. */
async function readText({ body }: Request): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Signature and age, by Bolt. */
function isSigned(headers: Headers, body: string, signingSecret: string): boolean {
  return isValidSlackRequest({
    signingSecret,
    body,
    headers: {
      "x-slack-signature": headers.get("x-slack-signature") ?? "",
      "x-slack-request-timestamp": Number(headers.get("x-slack-request-timestamp") ?? Number.NaN),
    },
  });
}

/** Events are JSON, commands are forms, and clicks, shortcuts and modals a field of one. */
function readBody(headers: Headers, text: string): z.infer<typeof bodySchema | typeof commandSchema> | undefined {
  const isForm = headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") === true;
  if (!isForm) return bodySchema.safeParse(parseJson(text)).data;
  const form = Object.fromEntries(new URLSearchParams(text));
  const { payload } = form;
  return payload === undefined ? commandSchema.safeParse(form).data : bodySchema.safeParse(parseJson(payload)).data;
}

/** Slack shows an ack that says something. */
function ackOf(said: unknown): Response {
  if (said === undefined || said === "") return new Response(null, { status: 200 });
  return typeof said === "string" ? new Response(said) : Response.json(said);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
