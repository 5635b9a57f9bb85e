import { platformContract } from "../../contracts/platform.ts";
import { MERCURY_ANSWER } from "../../fakes/answers.ts";
import { createHttpFootnote } from "../../fakes/http-footnote.ts";
import { readSse } from "../../fakes/read-sse.ts";
import { createStage } from "../../fakes/stage.ts";

platformContract("the HTTP platform", async (t) => {
  const { platform, store, chat } = createHttpFootnote({ answer: createStage().answer });
  await platform.start();
  t.after(() => platform.stop());
  const streams = new Map<string, ReturnType<typeof readSse>>();
  t.after(() => Promise.all([...streams.values()].map((events) => Array.fromAsync(events))));
  return {
    platform,
    async ask() {
      const events = readSse(await chat({ message: "How long?" }, { Accept: "text/event-stream" }));
      const exchange = String((await events.next()).value?.data["exchange_id"]);
      streams.set(exchange, events);
      return { id: exchange, revision: 0, replyTo: (await store.exchange(exchange))?.replyTo ?? {} };
    },
    async shown(exchange) {
      await store.answer({ id: exchange, revision: 0 }, MERCURY_ANSWER);
      const events = await Array.fromAsync(streams.get(exchange) ?? []);
      return events
        .filter(({ event }) => event === "sentence")
        .map(({ data }) => data["text"])
        .join("");
    },
  };
});
