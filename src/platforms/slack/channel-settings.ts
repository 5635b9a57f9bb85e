import { z } from "zod";
import type { Store } from "../../core/exchange.ts";

const channelSettings = z.object({
  /** Follow-ups need a mention like everything else. */
  mentionOnly: z.boolean(),
});

/** What the admins of a workspace have chosen for one of its channels. */
export type ChannelSettings = Readonly<z.infer<typeof channelSettings>>;

const DEFAULTS: ChannelSettings = { mentionOnly: false };

/** So long another replica's change may go unnoticed. */
const REMEMBERED_MS = 5_000;
const REMEMBERED_CHANNELS = 1_000;

/** @throws {Failure} `store-unavailable` */
export async function readChannelSettings(
  store: Pick<Store, "settings">,
  team: string,
  channel: string,
): Promise<ChannelSettings> {
  const { data } = channelSettings.safeParse(await store.settings(placeOf(team, channel)));
  return data ?? DEFAULTS;
}

/** @param author id of the person who chose them, `slack:U…` @throws {Failure} `store-unavailable` */
export async function saveChannelSettings(
  store: Pick<Store, "saveSettings">,
  team: string,
  channel: string,
  settings: ChannelSettings,
  author: string,
): Promise<void> {
  await store.saveSettings(placeOf(team, channel), settings, author);
}

/** As {@link readChannelSettings}, remembered for some seconds, so that it may be asked of every message. */
export function rememberChannelSettings(
  store: Pick<Store, "settings">,
): (team: string, channel: string) => Promise<ChannelSettings> {
  const remembered = new Map<string, { readonly settings: ChannelSettings; readonly until: number }>();

  return async (team, channel) => {
    const place = placeOf(team, channel);
    const known = remembered.get(place);
    if (known !== undefined && known.until > Date.now()) return known.settings;
    const settings = await readChannelSettings(store, team, channel);
    if (remembered.size >= REMEMBERED_CHANNELS) remembered.clear();
    remembered.set(place, { settings, until: Date.now() + REMEMBERED_MS });
    return settings;
  };
}

function placeOf(team: string, channel: string): string {
  return `slack:${team}:${channel}`;
}
