import { Failure } from "../../core/failure.ts";
import type { Platform } from "../../core/platform.ts";
import type { Pace } from "../showing.ts";
import { createDiscordApi } from "./discord-api.ts";
import type { DiscordParts, Identity } from "./discord-parts.ts";
import { createGatewayConnection } from "./gateway-connection.ts";
import type { Shards } from "./gateway-client.ts";
import { createInteractionRoute } from "./interaction-route.ts";
import { addListeners } from "./listeners.ts";
import { createMessageRoute } from "./message-route.ts";
import { readContext } from "./read-context.ts";
import { registerCommands } from "./register-commands.ts";
import { toReplyPlace } from "./reply-place.ts";
import { quoted } from "./answer-text.ts";
import { toReplyState } from "./reply-progress.ts";
import { createReplySink } from "./reply-sink.ts";
import { tellAsker } from "./tell-asker.ts";
import { textsFor } from "../texts.ts";

export interface DiscordSettings {
  readonly token: string;
  /** Commands are registered in this server only, where they show at once. Default: in all. */
  readonly guildId?: string | undefined;
  /** Which of the bot's connections to open. Default: all. */
  readonly shards?: Shards | undefined;
  /** `https://discord.com/api` */
  readonly apiUrl: string;
  /** Default: 700 ms, then 1.2 s. */
  readonly pace?: Pace;
  /** Milliseconds until a question that nothing was found for yet shows that it was heard. Default: 1 s. */
  readonly firstSignMs?: number;
}

export interface DiscordPlatformOptions extends Omit<DiscordParts, "guildId" | "api" | "identity" | "stopping"> {
  readonly settings: DiscordSettings;
}

/** Discord, by a bot's token. A token that Discord refuses turns Discord off, and nothing else. */
export function createDiscordPlatform(options: DiscordPlatformOptions): Platform {
  const { store, settings, log } = options;
  const { token, apiUrl, pace = { firstTextMs: 700, nextTextMs: 1_200 }, firstSignMs = 1_000 } = settings;
  const stopping = new AbortController();
  const known = Promise.withResolvers<Identity>();
  // Whoever needs it hears of it; there may be nobody.
  known.promise.catch(() => undefined);
  let isOff = false;
  let areCommandsKept = false;

  const api = createDiscordApi({ token, apiUrl, onRevoked: turnOff, log });
  const parts: DiscordParts = {
    ...options,
    guildId: settings.guildId,
    api,
    identity: known.promise,
    stopping: stopping.signal,
  };
  const connection = createGatewayConnection({
    token,
    apiUrl,
    shards: settings.shards,
    addListeners: (listen) => addListeners(listen, parts),
    onReady(self) {
      known.resolve(self);
      void keepCommands(self);
    },
    onRevoked: turnOff,
    log,
  });

  function turnOff(): void {
    if (isOff) return;
    isOff = true;
    log.error({}, "Discord refuses the token: Discord is off until Footnote is started with a new one");
    end("Discord refuses the token");
    void connection.stop();
  }

  /** Once for every process: whoever changes them starts Footnote anew. */
  async function keepCommands({ application }: Identity): Promise<void> {
    if (areCommandsKept) return;
    areCommandsKept = true;
    try {
      const { guildId } = settings;
      const hasChanged = await registerCommands({ api, application, guildId, signal: stopping.signal });
      log.info({ hasChanged }, "commands are registered");
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ err: error }, "commands are not registered");
    }
  }

  function end(why: string): void {
    stopping.abort(new Failure("cancelled", why));
    known.reject(new Failure("delivery-failed", why));
  }

  return {
    name: "discord",
    start: () => connection.start(),
    async pause() {
      end("Discord is paused");
      await connection.stop();
    },
    async stop() {
      end("Discord is stopped");
      await connection.stop();
    },
    async readContext({ replyTo }, signal) {
      const place = toReplyPlace(replyTo);
      return place.kind === "message" ? readContext(place, parts, signal) : undefined;
    },
    openReply({ id, revision, replyTo, progress }, signal) {
      const place = toReplyPlace(replyTo);
      const resume = toReplyState(progress, revision);
      const reply = { api, exchange: id, signal, log: log.child({ exchange: id }) };
      const route =
        place.kind === "interaction"
          ? createInteractionRoute(place)
          : createMessageRoute({ ...reply, place, begunIn: resume.messages[0]?.channel });
      return createReplySink({
        ...reply,
        route,
        resume,
        lead: place.kind === "interaction" && !place.isPrivate ? quoted(place.title) : "",
        isRemark: place.kind === "message" && place.isRemark && revision === 0,
        pace,
        firstSignMs,
        texts: textsFor(place.locale),
        save: (state) => store.progress(id, { ...state }),
        tellAsker: (refusal) => tellAsker(refusal, { ...reply, place }),
      });
    },
  };
}
