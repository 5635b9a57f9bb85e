import type { Route } from "../route.ts";
import { applicationRoutes } from "./applications.ts";
import { channelRoutes } from "./channels.ts";
import { commandRoutes } from "./commands.ts";
import { guildRoutes } from "./guilds.ts";
import { interactionRoutes } from "./interactions.ts";
import { messageRoutes } from "./messages.ts";
import { threadRoutes } from "./threads.ts";

/** Every route this Discord has; whatever else is asked for is 404. */
export const ROUTES: readonly Route[] = [
  ...applicationRoutes,
  ...messageRoutes,
  ...threadRoutes,
  ...channelRoutes,
  ...guildRoutes,
  ...commandRoutes,
  ...interactionRoutes,
];
