import type { Method } from "../method.ts";
import { agentMethods } from "./agents.ts";
import { appMethods } from "./app.ts";
import { assistantMethods } from "./assistant.ts";
import { chatMethods } from "./chat.ts";
import { conversationMethods } from "./conversations.ts";
import { fileMethods } from "./files.ts";
import { oauthMethods } from "./oauth.ts";
import { peopleMethods } from "./people.ts";
import { streamMethods } from "./streams.ts";
import { viewMethods } from "./views.ts";

/** Every method this Slack knows, by name. */
export const METHODS: Readonly<Record<string, Method>> = {
  ...agentMethods,
  ...appMethods,
  ...oauthMethods,
  ...chatMethods,
  ...streamMethods,
  ...assistantMethods,
  ...conversationMethods,
  ...fileMethods,
  ...peopleMethods,
  ...viewMethods,
};
