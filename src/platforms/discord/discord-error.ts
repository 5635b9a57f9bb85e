import { DiscordAPIError } from "discord.js";
import { Silence } from "../until-answered.ts";

/** Discord has answered, and the call had no effect. `code` is one of Discord's, such as 10008 (*JSON Error Codes*). */
export class DiscordRefusal extends Error {
  override readonly name = "DiscordRefusal";
  readonly code: number;
  /** Of HTTP. */
  readonly status: number;

  constructor(code: number, status: number, options?: ErrorOptions) {
    super(`Discord refused: ${status}, ${code}`, options);
    this.code = code;
    this.status = status;
  }
}

export function isRefusal(error: unknown, codes: readonly number[]): error is DiscordRefusal {
  return error instanceof DiscordRefusal && codes.includes(error.code);
}

/** The errors of discord.js's REST client, as what they mean for whoever called. */
export function toDiscordError(error: unknown): DiscordRefusal | Silence {
  if (error instanceof DiscordAPIError && error.status < 500) {
    return new DiscordRefusal(Number(error.code), error.status, { cause: withoutSecrets(error) });
  }
  return new Silence("Discord gave no sensible answer", { cause: withoutSecrets(error) });
}

/** Their errors carry the request: its path may hold an interaction's token, its body what somebody asked. */
function withoutSecrets(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(typeof error);
  const copy = new Error(error instanceof DiscordAPIError ? error.message : error.name);
  copy.name = error.name;
  return copy;
}
