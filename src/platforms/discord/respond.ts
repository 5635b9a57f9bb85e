import {
  type APIInteraction,
  type APIInteractionResponse,
  type RawFile,
  RequestMethod,
  RESTJSONErrorCodes,
  Routes,
} from "discord.js";
import { untilAnswered } from "../until-answered.ts";
import type { DiscordApi } from "./discord-api.ts";
import { isRefusal } from "./discord-error.ts";
import { bodyOf, NO_TAIL } from "./message-body.ts";

/** Discord waits 3 s for the first response to an interaction; then its token is worth nothing. */
const PATIENCE_MS = 2_000;

type Interaction = Pick<APIInteraction, "id" | "token" | "application_id">;

/**
 * The first response to an interaction, at once. An interaction that is told of again, or to two replicas, has been responded to:
 * that is all right. @returns whether this was the first @throws {DiscordRefusal} when it is too late @throws {Silence}
 */
export async function respond(
  api: DiscordApi,
  { id, token }: Interaction,
  response: APIInteractionResponse,
): Promise<boolean> {
  const path = Routes.interactionCallback(id, token);
  const request = { method: RequestMethod.Post, path, body: response, isKeyless: true };
  try {
    await untilAnswered(() => api.once(request), undefined, { patienceMs: PATIENCE_MS });
    return true;
  } catch (error) {
    if (!isRefusal(error, [RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged])) throw error;
    return false;
  }
}

/** The deferred response in its final form; what a body leaves out stays as it is. @throws {DiscordRefusal} */
export async function editResponse(
  api: DiscordApi,
  { application_id: application, token }: Interaction,
  message: string | object,
  files: readonly RawFile[] = [],
): Promise<void> {
  const path = Routes.webhookMessage(application, token);
  const body = typeof message === "string" ? bodyOf(message, NO_TAIL) : message;
  await api.again({ method: RequestMethod.Patch, path, body, files, isKeyless: true });
}
