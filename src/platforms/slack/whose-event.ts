import { z } from "zod";
import type { Store } from "../../core/exchange.ts";
import { Failure } from "../../core/failure.ts";
import type { Identity } from "./inbound.ts";
import type { Tenancy } from "./workspaces.ts";

const message = z.object({
  team: z.string().optional(),
  user_team: z.string().optional(),
  text: z.string().nullish(),
  ts: z.string(),
  thread_ts: z.string().optional(),
});

const sharedEvent = z.object({
  is_ext_shared_channel: z.literal(true),
  event: z
    .object({ channel: z.string(), message: message.optional(), previous_message: message.optional() })
    .and(message.partial()),
});

const click = z.object({ type: z.literal("block_actions"), message: z.object({ team: z.string() }) });

/**
 * In whose name an event is taken. Slack tells of a message in a channel of two workspaces once, in the name of either, even if
 * Footnote is installed in both: then it is for the one that is mentioned, or takes part in the thread, as far as the author's
 * workspace lets us know of it. What is clicked belongs to the workspace that wrote it.
 * @param team as Slack says
 * @throws {Failure} `delivery-failed` where Footnote is not installed, `store-unavailable`
 */
export async function whoseEvent(
  team: string,
  body: unknown,
  { tenancy, store }: { readonly tenancy: Pick<Tenancy, "recognise">; readonly store: Pick<Store, "listens"> },
): Promise<Identity> {
  const clicked = click.safeParse(body).data?.message.team;
  if (clicked !== undefined) return (await installedAmong([clicked, team], tenancy))[0] ?? tenancy.recognise(team);

  const said = readShared(body);
  const teams = [...new Set([team, ...(said?.teams ?? [])])];
  if (said === undefined || teams.length === 1) return tenancy.recognise(team);
  const installed = await installedAmong(teams, tenancy);
  const [first, ...others] = installed;
  if (first === undefined || others.length === 0) return first ?? tenancy.recognise(team);
  const mentioned = installed.find(({ user }) => said.text.includes(`<@${user}>`));
  if (mentioned !== undefined) return mentioned;
  for (const self of installed) {
    if (await store.listens(`slack:${self.team}:${said.channel}:${said.thread}`)) return self;
  }
  return first;
}

/** Whether an event comes from where Footnote is not installed, or can do nothing: it is acked, for it would come again in vain. */
export function isNobodys(error: unknown): boolean {
  return error instanceof Failure && (error.kind === "delivery-failed" || error.kind === "invalid-config");
}

/** One token knows a single workspace by whatever name. */
async function installedAmong(
  teams: readonly string[],
  { recognise }: Pick<Tenancy, "recognise">,
): Promise<readonly Identity[]> {
  const known = await Promise.all(
    [...new Set(teams)].map((team) =>
      recognise(team).catch((error: unknown) => {
        if (isNobodys(error)) return undefined;
        throw error;
      }),
    ),
  );
  return [...new Map(known.filter((self) => self !== undefined).map((self) => [self.team, self])).values()];
}

interface Shared {
  readonly channel: string;
  readonly thread: string;
  readonly text: string;
  /** Workspaces of whoever wrote it. */
  readonly teams: readonly string[];
}

function readShared(body: unknown): Shared | undefined {
  const { data } = sharedEvent.safeParse(body);
  if (data === undefined) return undefined;
  const { event } = data;
  const said = event.message ?? event.previous_message ?? event;
  return {
    channel: event.channel,
    thread: said.thread_ts ?? said.ts ?? "",
    text: said.text ?? "",
    teams: [said.user_team, said.team].filter((team) => team !== undefined),
  };
}
