import assert from "node:assert/strict";
import { test } from "node:test";
import { callDiscord, fieldErrors } from "./call-discord.ts";
import type { Fields } from "./entities.ts";
import { startFakeDiscord } from "./start-fake-discord.ts";

const ROUTE = "PUT /applications/:app/commands";

async function openDesk() {
  const discord = await startFakeDiscord({ rates: { [ROUTE]: { limit: 1000, windowMs: 1000 } } });
  const path = `/applications/${discord.app.id}`;
  const put = async (...commands: Fields[]) => callDiscord(discord, `PUT ${path}/commands`, commands);
  const codes = async (...commands: Fields[]) => fieldErrors((await put(...commands)).body);
  const list = async (query = "") =>
    (await callDiscord(discord, `GET ${path}/commands${query}`)).body as unknown as Fields[];
  return { discord, path, put, codes, list, [Symbol.asyncDispose]: () => discord.close() };
}

const wiki = { name: "wiki", description: "asks" };
const text = (name: string, rest: Fields = {}) => ({ type: 3, name, description: "d", ...rest });

const many = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, n) => ({ name: `${prefix}${n}`, description: "d" }));

test("overwriting replaces all commands, and those that stay keep their ids", async () => {
  await using desk = await openDesk();

  const first = await desk.put(wiki, { name: "old", description: "goes" });
  const second = await desk.put({ ...wiki, description: "answers" });
  const listed = await desk.list();

  assert.deepEqual([first.status, second.status], [200, 200]);
  const [before] = first.body as unknown as Fields[];
  assert.deepEqual(
    listed.map(({ id, name, description }) => [id, name, description]),
    [[before?.["id"], "wiki", "answers"]],
  );
});

test("commands are listed with what Discord fills in, and with translations when they are asked for", async () => {
  await using desk = await openDesk();
  await desk.put({ ...wiki, description_localizations: { de: "fragt" } });

  const [plain] = await desk.list();
  const [full] = await desk.list("?with_localizations=true");

  assert.deepEqual(
    [plain?.["type"], plain?.["default_member_permissions"], plain?.["nsfw"], plain?.["integration_types"]],
    [1, null, false, [0]],
  );
  assert.equal(plain?.["description_localizations"], null);
  assert.deepEqual(full?.["description_localizations"], { de: "fragt" });
});

test("a guild's commands are its own", async () => {
  await using desk = await openDesk();
  const elsewhere = desk.discord.addGuild("Elsewhere", { hasBot: false });
  await desk.put(wiki);

  const guild = await callDiscord(desk.discord, `PUT ${desk.path}/guilds/${desk.discord.guild}/commands`, [
    { name: "local", description: "here" },
  ]);
  const foreign = await callDiscord(desk.discord, `PUT ${desk.path}/guilds/${elsewhere}/commands`, []);
  const others = await callDiscord(desk.discord, "GET /applications/100000000000000009/commands");

  assert.equal(guild.status, 200);
  assert.deepEqual(
    desk.discord.commands().map(({ name }) => name),
    ["wiki"],
  );
  assert.deepEqual(
    desk.discord.commands(desk.discord.guild).map(({ name }) => name),
    ["local"],
  );
  assert.equal(foreign.body["code"], 50001);
  assert.equal(others.body["code"], 10002);
});

test("names and descriptions are held to their rules, in every language", async () => {
  await using desk = await openDesk();

  assert.deepEqual(await desk.codes({ ...wiki, name: "Wiki" }), { "0.name": "APPLICATION_COMMAND_INVALID_NAME" });
  assert.deepEqual(await desk.codes({ ...wiki, name: "look it up" }), { "0.name": "STRING_TYPE_REGEX" });
  assert.deepEqual(await desk.codes({ ...wiki, name: "a".repeat(33) }), { "0.name": "STRING_TYPE_REGEX" });
  assert.deepEqual(await desk.codes({ name: "wiki" }), { "0.description": "BASE_TYPE_REQUIRED" });
  assert.deepEqual(await desk.codes({ ...wiki, description: "a".repeat(101) }), {
    "0.description": "BASE_TYPE_BAD_LENGTH",
  });
  assert.deepEqual(await desk.codes({ ...wiki, description_localizations: { "de-DE": "fragt" } }), {
    "0.description_localizations": "DICT_TYPE_KEY_ENUM",
  });
  assert.deepEqual(await desk.codes({ ...wiki, name_localizations: { de: "Wiki Frage" } }), {
    "0.name_localizations.de": "STRING_TYPE_REGEX APPLICATION_COMMAND_INVALID_NAME",
  });
  assert.deepEqual(await desk.codes({ name: "Look it up", type: 3, description: "no" }), {
    "0.description": "BASE_TYPE_CHOICES",
  });
  assert.deepEqual(await desk.codes(wiki, wiki), { "1": "APPLICATION_COMMANDS_DUPLICATE_NAME" });
  assert.deepEqual(desk.discord.commands(), []);
});

test("options are held to their rules", async () => {
  await using desk = await openDesk();
  const withOptions = (...options: Fields[]) => desk.codes({ ...wiki, options });
  const choice = { name: "c", value: "c" };

  assert.deepEqual(await withOptions(text("a"), text("b", { required: true })), {
    "0.options.1": "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
  });
  assert.deepEqual(await withOptions(text("a"), text("a")), {
    "0.options.1": "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
  });
  assert.deepEqual(await withOptions(text("a", { autocomplete: true, choices: [choice] })), {
    "0.options.0.choices": "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE_MUTUALLY_EXCLUSIVE",
  });
  assert.deepEqual(await withOptions(text("a", { choices: Array.from({ length: 26 }, () => choice) })), {
    "0.options.0.choices": "BASE_TYPE_MAX_LENGTH",
  });
  assert.deepEqual(await withOptions(text("a"), { type: 1, name: "b", description: "d" }), {
    "0.options.1": "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
  });
  assert.deepEqual(await withOptions(...Array.from({ length: 26 }, (_, n) => text(`a${n}`))), {
    "0.options.25": "BASE_TYPE_MAX_LENGTH",
  });
});

test("a command has at most 8,000 characters in all", async () => {
  await using desk = await openDesk();
  const choices = Array.from({ length: 25 }, (_, n) => ({
    name: `${n}`.padStart(100, "a"),
    value: `${n}`.padStart(100, "a"),
  }));

  const codes = await desk.codes({ ...wiki, options: [text("a", { choices }), text("b", { choices })] });

  assert.deepEqual(codes, { "0": "APPLICATION_COMMAND_TOO_LARGE" });
});

test("there are at most 100 commands, and 200 creates a day", async () => {
  await using desk = await openDesk();

  const tooMany = await desk.put(...many(101, "a"));
  await desk.put(...many(100, "a"));
  await desk.put(...many(100, "b"));
  const exhausted = await desk.put(wiki);
  const same = await desk.put(...many(100, "b"));
  await desk.discord.clock.advance(86_400_001);
  const nextDay = await desk.put(wiki);

  assert.equal(tooMany.body["code"], 30032);
  assert.equal(exhausted.body["code"], 30034);
  assert.equal(same.status, 200);
  assert.equal(nextDay.status, 200);
});
