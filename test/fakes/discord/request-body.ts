import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { Refusal } from "./refusal.ts";
import type { Upload } from "./route.ts";

export interface RequestBody {
  readonly body: unknown;
  readonly files: readonly Upload[];
}

/** Of one file, in guilds without boosts (docs, *Uploading Files*). */
export const MAX_FILE_BYTES = 10_485_760;

/** Reads JSON, or a form whose `payload_json` is the JSON and whose `files[n]` are files (docs, *Uploading Files*). */
export async function readBody(incoming: IncomingMessage): Promise<RequestBody> {
  const bytes = await buffer(incoming);
  const type = incoming.headers["content-type"] ?? "";
  if (bytes.length === 0) return { body: undefined, files: [] };
  if (!type.startsWith("multipart/form-data")) return { body: jsonOf(bytes.toString()), files: [] };
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const payload = form.get("payload_json");
  const files = [...form].flatMap(([name, value]) => {
    const key = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (key === undefined || typeof value === "string") return [];
    if (value.size > MAX_FILE_BYTES) throw new Refusal(40005);
    return [{ key, name: value.name, size: value.size, contentType: value.type }];
  });
  return { body: typeof payload === "string" ? jsonOf(payload) : {}, files };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(50109);
  }
}
