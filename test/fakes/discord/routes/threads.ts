import { z } from "zod";
import { blankMessage } from "../actions.ts";
import { callsOf, compose } from "../compose.ts";
import { CHANNEL_TYPE, FLAG, hasFlag, isWritten, MESSAGE_TYPE, type Channel, type Fields } from "../entities.ts";
import { channelFields, threadMemberFields } from "../fields.ts";
import { messageFields } from "../message-fields.ts";
import { checkMessage, newMessageSchema } from "../message-rules.ts";
import { Refusal } from "../refusal.ts";
import { channelOf, messageOf, requirePermissions, route, type Call } from "../route.ts";
import { coded, parse } from "../validation.ts";

export const nameSchema = z.string().refine((name) => name.trim().length >= 1 && name.length <= 100, {
  ...coded("BASE_TYPE_BAD_LENGTH"),
  error: "Must be between 1 and 100 in length.",
});
/** In minutes (docs, *Thread Metadata Object*). */
export const archiveSchema = z.literal([60, 1440, 4320, 10_080]);
const threadSchema = z.object({
  name: nameSchema,
  auto_archive_duration: archiveSchema.nullish(),
  rate_limit_per_user: z.int().nullish(),
});
const looseThreadSchema = threadSchema.extend({
  type: z.literal([10, 11, 12]).default(12),
  invitable: z.boolean().nullish(),
});
const postSchema = threadSchema.extend({ message: newMessageSchema, applied_tags: z.array(z.string()).nullish() });

/** A guild's active threads (docs, *Threads*). */
const MAX_ACTIVE = 1000;

function checkActive({ world }: Call, { guild }: Channel): void {
  const active = [...world.channels.values()].filter(
    (channel) => channel.guild === guild && channel.thread?.isArchived === false,
  );
  if (active.length >= MAX_ACTIVE) throw new Refusal(160006);
}

function wanted({ name, auto_archive_duration: minutes }: z.output<typeof threadSchema>) {
  return { name, ...(minutes == null ? {} : { autoArchiveMinutes: minutes }) };
}

function fromMessage(call: Call): Fields {
  const { world, app, actions } = call;
  const parent = channelOf(call, "VIEW_CHANNEL");
  const message = messageOf(call, parent);
  if (parent.kind !== "text" && parent.kind !== "announcement") throw new Refusal(50024);
  requirePermissions(world, app.id, parent, "CREATE_PUBLIC_THREADS", "READ_MESSAGE_HISTORY");
  if (hasFlag(message.flags, FLAG.hasThread) || world.channels.has(message.id)) throw new Refusal(160004);
  if (!isWritten(message)) throw new Refusal(50068);
  const body = parse(threadSchema, call.body ?? {});
  checkActive(call, parent);
  return withMember(actions.startThread({ parent, owner: app.id, message, ...wanted(body) }), call);
}

function inChannel(call: Call): Fields {
  const parent = channelOf(call, "VIEW_CHANNEL");
  if (parent.kind === "forum") return inForum(call, parent);
  if (parent.kind !== "text" && parent.kind !== "announcement") throw new Refusal(50024);
  const body = parse(looseThreadSchema, call.body ?? {});
  const isPrivate = body.type === CHANNEL_TYPE.privateThread;
  requirePermissions(call.world, call.app.id, parent, isPrivate ? "CREATE_PRIVATE_THREADS" : "CREATE_PUBLIC_THREADS");
  checkActive(call, parent);
  const kind = isPrivate ? ({ kind: "privateThread" } as const) : {};
  return withMember(call.actions.startThread({ parent, owner: call.app.id, ...kind, ...wanted(body) }), call);
}

/** A post: a thread and its first message, which has the thread's id. */
function inForum(call: Call, parent: Channel): Fields {
  const { world, app, actions, files } = call;
  requirePermissions(world, app.id, parent, "SEND_MESSAGES");
  const body = parse(postSchema, call.body ?? {});
  const said = compose(body.message, files, world);
  checkMessage({ ...said, flags: body.message.flags ?? 0 });
  checkActive(call, parent);
  const thread = actions.startThread({ parent, owner: app.id, ...wanted(body) });
  const pings = callsOf(said, { world, channel: thread, author: app.id, allowed: body.message.allowed_mentions });
  const draft = { ...blankMessage(thread.id, app.id, MESSAGE_TYPE.default), ...said, pings };
  const { message } = actions.post({ ...draft, id: thread.id });
  return { ...withMember(thread, call), message: messageFields(message, world) };
}

function withMember(thread: Channel, { world, app }: Call): Fields {
  return { ...channelFields(thread, world), member: threadMemberFields(thread, app.id) };
}

function threadOf(call: Call): Channel {
  const channel = channelOf(call, "VIEW_CHANNEL");
  if (channel.thread === undefined) throw new Refusal(50024);
  return channel;
}

function memberOf(call: Call): string {
  const given = call.params["user"] ?? "";
  return given === "@me" ? call.app.id : given;
}

function join(call: Call): undefined {
  const thread = threadOf(call);
  const user = memberOf(call);
  if (thread.thread!.isArchived) throw new Refusal(50083);
  if (user !== call.app.id) requirePermissions(call.world, call.app.id, thread, "SEND_MESSAGES_IN_THREADS");
  if (!call.world.users.has(user)) throw new Refusal(10013);
  call.actions.joinThread(thread, user);
}

function leave(call: Call): undefined {
  const thread = threadOf(call);
  const user = memberOf(call);
  if (user !== call.app.id) requirePermissions(call.world, call.app.id, thread, "MANAGE_THREADS");
  thread.thread!.members.delete(user);
}

function members(call: Call): Fields[] {
  const thread = threadOf(call);
  return [...thread.thread!.members].map((user) => threadMemberFields(thread, user));
}

function member(call: Call): Fields {
  const thread = threadOf(call);
  const user = memberOf(call);
  if (!thread.thread!.members.has(user)) throw new Refusal(10007);
  return threadMemberFields(thread, user);
}

export const threadRoutes = [
  route("POST /channels/:channel/messages/:message/threads", fromMessage, { rate: { limit: 10, windowMs: 5000 } }),
  route("POST /channels/:channel/threads", inChannel, { rate: { limit: 10, windowMs: 5000 } }),
  route("PUT /channels/:channel/thread-members/:user", join),
  route("DELETE /channels/:channel/thread-members/:user", leave),
  route("GET /channels/:channel/thread-members", members),
  route("GET /channels/:channel/thread-members/:user", member),
];
