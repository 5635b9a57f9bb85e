import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Failure } from "../../../src/core/failure.ts";
import { createHttpFootnote, errorOf } from "../../fakes/http-footnote.ts";

const PAGE = [
  { path: "/", contentType: "text/html", body: new TextEncoder().encode("<p>"), etag: '"1"', maxAgeSeconds: 0 },
];

describe("an API with a token", () => {
  const settings = { apiToken: "s3cret-token" };

  for (const [what, headers] of [
    ["no token", {}],
    ["another token", { Authorization: "Bearer s3cret-tokeN" }],
    ["part of the token", { Authorization: "Bearer s3cret" }],
    ["the token by another scheme", { Authorization: "Basic s3cret-token" }],
    ["an empty token", { Authorization: "Bearer " }],
  ] as const) {
    it(`refuses ${what}, and stores nothing`, async () => {
      const { chat, store } = createHttpFootnote({ settings });

      const response = await chat({ message: "x" }, headers);

      assert.equal(response.status, 401);
      assert.equal(response.headers.get("www-authenticate"), 'Bearer realm="Footnote"');
      assert.equal((await errorOf(response)).error.code, "unauthorized");
      assert.equal((await store.stats()).messages.user, 0);
    });
  }

  it("serves who knows it, under any name of the host", async () => {
    const { chat } = createHttpFootnote({ settings: { ...settings, host: "0.0.0.0" } });

    const headers = { Authorization: "Bearer s3cret-token", Host: "footnote.example.org" };
    const response = await chat({ message: "x" }, headers);

    assert.equal(response.status, 200);
  });

  it("shows its routes' names to nobody without it", async () => {
    const { platform } = createHttpFootnote({ settings });

    const document = await platform.request("/api/openapi.json");
    const nothing = await platform.request("/api/nothing");
    const metrics = await platform.request("/metrics");

    assert.deepEqual([document.status, nothing.status, metrics.status], [401, 401, 401]);
  });

  it("tells Prometheus, which knows it, of its figures", async () => {
    const { platform } = createHttpFootnote({ settings });

    const response = await platform.request("/metrics", { headers: { Authorization: "Bearer s3cret-token" } });

    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-type") ?? "", /^text\/plain/);
    assert.match(await response.text(), /^footnote_exchanges\{state="received"\} 0$/m);
  });

  it("serves page and health without it", async () => {
    const { platform } = createHttpFootnote({ settings, page: PAGE });

    const statuses = await Promise.all(
      ["/", "/live", "/ready"].map(async (path) => (await platform.request(path)).status),
    );

    assert.deepEqual(statuses, [200, 200, 200]);
  });
});

describe("an API without a token", () => {
  it("refuses to be made for an address beyond loopback", () => {
    for (const host of ["0.0.0.0", "::", "192.168.1.5", "example.org", "128.0.0.1", ""]) {
      assert.throws(
        () => createHttpFootnote({ settings: { host } }),
        (error) => error instanceof Failure && error.kind === "invalid-config",
        host,
      );
    }
  });

  it("serves every name of this machine's loopback", async () => {
    const { platform } = createHttpFootnote();

    const statuses = await Promise.all(
      ["127.0.0.1:3000", "localhost:3000", "LOCALHOST", "[::1]:3000", "footnote.localhost:3000"].map(
        async (Host) => (await platform.request("/api/conversations", { headers: { Host } })).status,
      ),
    );

    assert.deepEqual(statuses, [200, 200, 200, 200, 200]);
  });

  for (const Host of ["evil.example:3000", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1", "@"]) {
    it(`refuses requests to ${Host}, which only a rebound name can bring`, async () => {
      const { platform } = createHttpFootnote({ page: PAGE });

      const api = await platform.request("/api/conversations", { headers: { Host } });
      const page = await platform.request("/", { headers: { Host } });

      assert.deepEqual([api.status, page.status], [403, 403]);
      assert.equal((await errorOf(api)).error.code, "forbidden-host");
    });
  }

  for (const Origin of ["http://evil.example", "https://127.0.0.1:3000", "http://127.0.0.1:8080", "null"]) {
    it(`refuses requests from the origin ${Origin}`, async () => {
      const { chat, store } = createHttpFootnote();

      const response = await chat({ message: "x" }, { Host: "127.0.0.1:3000", Origin });

      assert.equal(response.status, 403);
      assert.equal((await store.stats()).messages.user, 0);
    });
  }

  it("serves its own page's requests", async () => {
    const { chat } = createHttpFootnote();

    const response = await chat({ message: "x" }, { Host: "127.0.0.1:3000", Origin: "http://127.0.0.1:3000" });

    assert.equal(response.status, 200);
  });

  it("lets another platform's route answer under any name", async () => {
    const { platform } = createHttpFootnote({
      mounted: [
        {
          method: "POST",
          path: "/slack/events",
          handle: async (request) => new Response(`heard ${await request.text()}`),
        },
      ],
    });

    const response = await platform.request("/slack/events", {
      method: "POST",
      headers: { Host: "tunnel.example", "Content-Type": "application/x-www-form-urlencoded" },
      body: "a=1",
    });

    assert.deepEqual([response.status, await response.text()], [200, "heard a=1"]);
  });
});

describe("every answer", () => {
  it("comes with a strict policy, and is kept by nobody", async () => {
    const { platform } = createHttpFootnote();

    const answers = await Promise.all(
      ["/live", "/api/conversations", "/nothing"].map((path) => platform.request(path)),
    );

    for (const { headers } of answers) {
      assert.match(headers.get("content-security-policy") ?? "", /^default-src 'none'; script-src 'self';/);
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.equal(headers.get("referrer-policy"), "no-referrer");
      assert.equal(headers.get("cache-control"), "no-store");
      assert.equal(headers.get("access-control-allow-origin"), null);
    }
  });
});
