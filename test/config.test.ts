import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { asksWikimedia, readSettings } from "../src/config.ts";
import { describeParts } from "../src/parts.ts";

describe("the settings", () => {
  test("have a default for everything a newcomer need not know", () => {
    const settings = readSettings({});

    assert.equal(settings.HOST, "127.0.0.1");
    assert.equal(settings.PORT, 3000);
    assert.equal(settings.WIKI_API_URL, "https://{lang}.wikipedia.org/w/api.php");
    assert.equal(settings.CACHE_TTL, 3600);
  });

  test("take an empty value for an absent one", () => {
    assert.equal(readSettings({ OPENAI_API_KEY: "", REDIS_URL: " " }).OPENAI_API_KEY, undefined);
  });

  test("take Simple English for a language, as Wikipedia does", () => {
    assert.equal(readSettings({ WIKI_LANGUAGE: "simple" }).WIKI_LANGUAGE, "simple");
  });

  test("are refused with every problem named at once, contradictions too, and no value printed", () => {
    const environment = {
      HOST: "0.0.0.0",
      PORT: "eighty",
      CACHE_TTL: "0",
      REDIS_URL: "redis://:hunter2@redis",
      REDIS_HOST: "redis",
      WIKI_LANGUAGE: "??",
    };

    const error = caught(() => readSettings(environment));

    assert.equal(error.kind, "invalid-config");
    assert.deepEqual(
      error.message.match(/^ {2}[A-Z_]+/gm)?.map((line) => line.trim()),
      ["WIKI_LANGUAGE", "CACHE_TTL", "PORT", "API_TOKEN", "REDIS_HOST"],
    );
    assert.doesNotMatch(error.message, /hunter2|eighty|0\.0\.0\.0/);
  });

  test("are explained as a person would, each once", () => {
    const environment = { CACHE_TTL: "0", QUESTIONS_PER_MINUTE: "-1.5", PORT: "99999", LOG_LEVEL: "loud" };

    const { message } = caught(() => readSettings(environment));

    assert.deepEqual(message.split("\n").slice(1), [
      "  CACHE_TTL: must be a whole number, 1 or more",
      "  QUESTIONS_PER_MINUTE: must be a whole number, 1 or more",
      "  PORT: must be a whole number from 0 to 65535",
      "  LOG_LEVEL: must be one of trace, debug, info, warn, error, fatal, silent",
    ]);
  });

  test("want a token that cannot be guessed as soon as others can reach the port", () => {
    assert.throws(() => readSettings({ HOST: "192.168.0.1" }), { kind: "invalid-config" });
    assert.throws(() => readSettings({ HOST: "192.168.0.1", API_TOKEN: "short" }), { kind: "invalid-config" });
    assert.equal(readSettings({ HOST: "192.168.0.1", API_TOKEN: "a".repeat(16) }).HOST, "192.168.0.1");
  });
});

describe("the settings of Slack", () => {
  const OWN_WIKI = { WIKI_DIR: "/wiki" };

  test("are a bot token, and one for Socket Mode or the secret of signed requests", () => {
    const both = { ...OWN_WIKI, SLACK_BOT_TOKEN: "xoxb-1" };

    assert.equal(readSettings({ ...both, SLACK_APP_TOKEN: "xapp-1" }).SLACK_API_URL, "https://slack.com/api/");
    assert.equal(readSettings({ ...both, SLACK_SIGNING_SECRET: "s" }).SLACK_APP_TOKEN, undefined);
    assert.match(caught(() => readSettings(both)).message, /SLACK_APP_TOKEN: is required/);
    assert.match(caught(() => readSettings({ SLACK_APP_TOKEN: "xapp-1" })).message, /SLACK_BOT_TOKEN: is required/);
  });

  test("are told apart when they are mixed up", () => {
    const mixedUp = { ...OWN_WIKI, SLACK_BOT_TOKEN: "xapp-hunter2", SLACK_APP_TOKEN: "xoxb-hunter2" };

    const { message } = caught(() => readSettings(mixedUp));

    assert.match(message, /SLACK_BOT_TOKEN: must begin with xoxb-/);
    assert.match(message, /SLACK_APP_TOKEN: must begin with xapp-/);
    assert.doesNotMatch(message, /hunter2/);
  });

  test("want a contact for Wikipedia, and for no other wiki", () => {
    const slack = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" };

    assert.match(caught(() => readSettings(slack)).message, /WIKI_CONTACT: is required with Slack/);
    assert.doesNotThrow(() => readSettings({ ...slack, WIKI_CONTACT: "ops@example.org" }));
    assert.doesNotThrow(() => readSettings({ ...slack, WIKI_API_URL: "https://wiki.example.org/api.php" }));
  });
});

describe("the wikis of the Wikimedia Foundation", () => {
  for (const host of [
    "{lang}.wikipedia.org",
    "en.wikipedia.org.",
    "EN.Wikipedia.org",
    "www.mediawiki.org",
    "www.wikifunctions.org",
    "wikifunctions.org",
    "commons.wikimedia.org",
    "wikimediafoundation.org",
    "www.wikidata.org",
    "de.wikibooks.org",
    "de.wikinews.org",
    "de.wikiquote.org",
    "wikisource.org",
    "beta.wikiversity.org",
    "de.wikivoyage.org",
    "de.wiktionary.org",
  ]) {
    test(`are asked at ${host}`, () => {
      assert.equal(asksWikimedia({ WIKI_API_URL: `https://${host}/w/api.php` }), true);
    });
  }

  for (const host of ["wikipedia.example.org", "notwikipedia.org", "wikipedia.org.example", "www.wikihow.com"]) {
    test(`are not asked at ${host}`, () => {
      assert.equal(asksWikimedia({ WIKI_API_URL: `https://${host}/w/api.php` }), false);
    });
  }
});

describe("the settings of Slack in many workspaces", () => {
  const OAUTH = {
    WIKI_DIR: "/wiki",
    SLACK_CLIENT_ID: "1.2",
    SLACK_CLIENT_SECRET: "hunter2",
    SLACK_STATE_SECRET: "hunter2hunter2hunter2",
  };

  test("are three, with those of a connection", () => {
    assert.equal(readSettings({ ...OAUTH, SLACK_APP_TOKEN: "xapp-1" }).SLACK_CLIENT_ID, "1.2");
    assert.equal(readSettings({ ...OAUTH, SLACK_SIGNING_SECRET: "s" }).SLACK_BOT_TOKEN, undefined);
    assert.match(caught(() => readSettings(OAUTH)).message, /SLACK_APP_TOKEN: is required/);
  });

  test("are all named that are missing", () => {
    const { message } = caught(() => readSettings({ SLACK_CLIENT_ID: "1.2", SLACK_APP_TOKEN: "xapp-1" }));

    assert.match(message, /SLACK_CLIENT_SECRET: is required/);
    assert.match(message, /SLACK_STATE_SECRET: is required/);
    assert.match(message, /WIKI_CONTACT: is required with Slack/);
  });

  test("do not go with a token of one workspace", () => {
    const both = { ...OAUTH, SLACK_APP_TOKEN: "xapp-1", SLACK_BOT_TOKEN: "xoxb-hunter2" };

    const { message } = caught(() => readSettings(both));

    assert.match(message, /SLACK_BOT_TOKEN: is of one workspace/);
    assert.doesNotMatch(message, /hunter2/);
  });
});

describe("the settings of Discord", () => {
  test("are a token, and perhaps the server whose commands are registered", () => {
    const settings = readSettings({ WIKI_DIR: "/wiki", DISCORD_TOKEN: "t", DISCORD_GUILD_ID: "197038439483310086" });

    assert.equal(settings.DISCORD_API_URL, "https://discord.com/api");
    assert.equal(settings.DISCORD_GUILD_ID, "197038439483310086");
    assert.match(caught(() => readSettings({ DISCORD_GUILD_ID: "my server" })).message, /DISCORD_GUILD_ID: must be/);
  });

  test("may name the shards of this process", () => {
    assert.deepEqual(shardsOf("1-3/16"), { ids: [1, 2, 3], count: 16 });
    assert.deepEqual(shardsOf("0/2"), { ids: [0], count: 2 });
    for (const wrong of ["2-1/4", "0-4/4", "4", "a/b", "-1/2"]) {
      assert.match(caught(() => shardsOf(wrong)).message, /DISCORD_SHARDS: must be like 0-3\/16/);
    }
  });

  test("want a contact for Wikipedia", () => {
    assert.match(caught(() => readSettings({ DISCORD_TOKEN: "t" })).message, /WIKI_CONTACT: is required with Discord/);
  });
});

describe("the admins", () => {
  test("are ids of people with their platform, separated as one likes", () => {
    const { ADMINS } = readSettings({ ADMINS: "slack:U0123ABCD, discord:80351110224678912\nslack:W1" });

    assert.deepEqual(ADMINS, ["slack:U0123ABCD", "discord:80351110224678912", "slack:W1"]);
    assert.deepEqual(readSettings({}).ADMINS, []);
  });

  test("cannot be names", () => {
    assert.match(caught(() => readSettings({ ADMINS: "alice" })).message, /ADMINS: must be user ids/);
  });
});

describe("what is printed at the start", () => {
  test("says what is off and which setting turns it on", () => {
    const text = describeParts(readSettings({}));

    assert.match(text, /Wiki +en\.wikipedia\.org, 10 requests a minute +\(WIKI_CONTACT/);
    assert.match(text, /Model +none: answers are quotations +\(OPENAI_API_KEY/);
    assert.match(text, /Cache +memory of this process +\(REDIS_URL/);
    assert.match(text, /Database +embedded PostgreSQL in \.\/data +\(DATABASE_URL/);
    assert.match(text, /Slack +off +\(SLACK_BOT_TOKEN/);
  });

  test("shows no secret", () => {
    const text = describeParts(
      readSettings({
        OPENAI_API_KEY: "sk-hunter2",
        TOKENS_PER_DAY: "100000",
        REDIS_URL: "redis://:hunter2@redis:6379",
        DATABASE_URL: "postgres://root:hunter2@db/footnote",
        API_TOKEN: "hunter2hunter2hunter2",
        WIKI_CONTACT: "ops@example.org",
        SLACK_BOT_TOKEN: "xoxb-hunter2",
        SLACK_APP_TOKEN: "xapp-hunter2",
      }),
    );

    assert.match(text, /gpt-5\.4-mini at OpenAI, up to 100,000 tokens a day/);
    assert.match(text, /Redis at redis:6379/);
    assert.match(text, /PostgreSQL at db/);
    assert.match(text, /Slack +Socket Mode/);
    assert.doesNotMatch(text, /hunter2/);
  });
});

function shardsOf(DISCORD_SHARDS: string) {
  return readSettings({ DISCORD_SHARDS }).DISCORD_SHARDS;
}

function caught(act: () => unknown): Error & { readonly kind?: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}
