import { z } from "zod";
import type { Fields } from "../entities.ts";
import { channelFields } from "../fields.ts";
import { Refusal } from "../refusal.ts";
import { channelOf, requirePermissions, route, type Call } from "../route.ts";
import { parse, snowflake } from "../validation.ts";
import { archiveSchema, nameSchema } from "./threads.ts";

function get(call: Call): Fields {
  return channelFields(channelOf(call, "VIEW_CHANNEL"), call.world, call.app.id);
}

const changeSchema = z.object({
  name: nameSchema.optional(),
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
  auto_archive_duration: archiveSchema.optional(),
});

/** Threads alone: a bot like ours changes no channels. */
function change(call: Call): Fields {
  const { world, app, actions } = call;
  const channel = channelOf(call, "VIEW_CHANNEL");
  if (channel.thread === undefined) requirePermissions(world, app.id, channel, "MANAGE_CHANNELS");
  if (channel.thread === undefined) throw new Refusal(50024);
  const { name, archived, locked, auto_archive_duration: minutes } = parse(changeSchema, call.body ?? {});
  if (channel.thread.isArchived && archived !== false) throw new Refusal(50083);
  const isOwn = channel.thread.owner === app.id && locked === undefined && !channel.thread.isLocked;
  const isReopening = archived === false && !channel.thread.isLocked && name === undefined && locked === undefined;
  if (!isOwn && !isReopening) requirePermissions(world, app.id, channel, "MANAGE_THREADS");
  actions.changeThread(channel, {
    ...(name === undefined ? {} : { name }),
    ...(archived === undefined ? {} : { isArchived: archived }),
    ...(locked === undefined ? {} : { isLocked: locked }),
    ...(minutes === undefined ? {} : { autoArchiveMinutes: minutes }),
  });
  return channelFields(channel, world);
}

function remove(call: Call): Fields {
  const { world, app, actions } = call;
  const channel = channelOf(call, "VIEW_CHANNEL");
  if (channel.guild === undefined) throw new Refusal(50003);
  requirePermissions(world, app.id, channel, channel.thread === undefined ? "MANAGE_CHANNELS" : "MANAGE_THREADS");
  const fields = channelFields(channel, world);
  actions.deleteChannel(channel);
  return fields;
}

const directSchema = z.object({ recipient_id: snowflake });

function openDirect(call: Call): Fields {
  const { world, app } = call;
  const { recipient_id: recipient } = parse(directSchema, call.body ?? {});
  const channel = [...world.channels.values()].find(
    ({ kind, recipients }) => kind === "dm" && recipients.includes(recipient) && recipients.includes(app.id),
  );
  if (channel === undefined || recipient === app.id) throw new Refusal(50033);
  return channelFields(channel, world, app.id);
}

export const channelRoutes = [
  route("GET /channels/:channel", get),
  route("PATCH /channels/:channel", change),
  route("DELETE /channels/:channel", remove),
  route("POST /users/@me/channels", openDirect, { rate: { limit: 10, windowMs: 10_000 } }),
];
