import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readSettings } from "../src/config.ts";
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
        REDIS_URL: "redis://:hunter2@redis:6379",
        DATABASE_URL: "postgres://root:hunter2@db/footnote",
        API_TOKEN: "hunter2hunter2hunter2",
        WIKI_CONTACT: "ops@example.org",
        SLACK_BOT_TOKEN: "xoxb-hunter2",
        SLACK_APP_TOKEN: "xapp-hunter2",
      }),
    );

    assert.match(text, /gpt-5\.4-mini at OpenAI/);
    assert.match(text, /Redis at redis:6379/);
    assert.match(text, /PostgreSQL at db/);
    assert.match(text, /Slack +Socket Mode/);
    assert.doesNotMatch(text, /hunter2/);
  });
});

function caught(act: () => unknown): Error & { readonly kind?: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}
