import { callbackSchema } from "../callback-rules.ts";
import { FLAG, hasFlag, type Fields } from "../entities.ts";
import { messageFields } from "../message-fields.ts";
import type { Interaction } from "../interactions.ts";
import { replySchema } from "../message-rules.ts";
import { Refusal } from "../refusal.ts";
import { route, type Answer, type Call } from "../route.ts";
import { parse } from "../validation.ts";

function respond(call: Call): Answer {
  const { params, interactions, world, files, query } = call;
  const callback = parse(callbackSchema, call.body);
  const interaction = interactions.respond(params["id"] ?? "", params["token"] ?? "", callback, files);
  if (query.get("with_response") !== "true") return undefined;
  const message = world.message(interaction.channel.id, interaction.original ?? "");
  const { id, type } = interaction;
  if (message === undefined) return { interaction: { id, type }, resource: { type: callback.type } };
  return {
    interaction: {
      id,
      type,
      response_message_id: message.id,
      response_message_loading: hasFlag(message.flags, FLAG.loading),
      response_message_ephemeral: message.onlyFor !== undefined,
    },
    resource: { type: callback.type, message: messageFields(message, world) },
  };
}

/** The interaction of the path, and the message: `@original`, or an id. */
function addressed({ params, interactions, app }: Call): {
  readonly interaction: Interaction;
  readonly message: string;
} {
  if (params["app"] !== app.id) throw new Refusal(10015);
  const interaction = interactions.byToken(params["token"] ?? "");
  const message = params["message"] === "@original" ? interaction.original : params["message"];
  return { interaction, message: message ?? "" };
}

function followUp(call: Call): Fields {
  const { interaction } = addressed(call);
  const body = parse(replySchema, call.body ?? {});
  return messageFields(call.replies.followUp(interaction, body, call.files), call.world);
}

function get(call: Call): Fields {
  const { interaction, message } = addressed(call);
  return messageFields(call.replies.find(interaction, message), call.world);
}

function edit(call: Call): Fields {
  const { interaction, message } = addressed(call);
  const body = parse(replySchema, call.body ?? {});
  return messageFields(call.replies.edit(interaction, message, body, call.files), call.world);
}

function remove(call: Call): undefined {
  const { interaction, message } = addressed(call);
  call.replies.remove(interaction, message);
}

const options = { needsToken: false };

export const interactionRoutes = [
  route("POST /interactions/:id/:token/callback", respond, options),
  route("POST /webhooks/:app/:token", followUp, options),
  route("GET /webhooks/:app/:token/messages/:message", get, options),
  route("PATCH /webhooks/:app/:token/messages/:message", edit, options),
  route("DELETE /webhooks/:app/:token/messages/:message", remove, options),
];
