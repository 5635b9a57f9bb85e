import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import type { Installations } from "../../../src/core/exchange.ts";
import { Failure } from "../../../src/core/failure.ts";
import type { Log } from "../../../src/core/log.ts";
import { createInstalledWorkspaces } from "../../../src/platforms/slack/oauth/installed-workspaces.ts";
import type { Tenancy } from "../../../src/platforms/slack/workspaces.ts";
import { silentLog } from "../../fakes/log.ts";
import { createMemoryStore } from "../../fakes/memory-store.ts";
import type { FakeSlack, FakeSlackOptions } from "../../fakes/slack/fake-slack.ts";
import { startFakeSlack } from "../../fakes/slack/start-fake-slack.ts";
import { install as installByBrowser, STATE_SECRET } from "./installing.ts";

const HOUR_MS = 3_600_000;

interface ReplicaOptions {
  readonly installations?: Installations;
  readonly stateSecret?: string;
  readonly log?: Log;
}

interface Desk {
  readonly slack: FakeSlack;
  readonly installations: Installations;
  /** The workspaces as one more process knows them. */
  replica(options?: ReplicaOptions): Tenancy;
  /** Has Footnote installed in a team, by way of that process. */
  install(tenancy: Tenancy, team?: string): Promise<void>;
  /** Has Footnote removed from a team, without telling it. */
  end(team: string): void;
  /** Lets so much time pass for everybody. */
  pass(milliseconds: number): Promise<void>;
  /** How often Slack was asked for another token. */
  rotations(): number;
}

async function openDesk(t: TestContext, options: FakeSlackOptions = {}): Promise<Desk> {
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const slack = await startFakeSlack(options);
  t.after(() => slack.close());
  const { installations } = createMemoryStore();
  return {
    slack,
    installations,
    replica({ stateSecret = STATE_SECRET, log = silentLog, ...own } = {}) {
      const tenancy = createInstalledWorkspaces({
        settings: { clientId: slack.client.id, clientSecret: slack.client.secret, stateSecret },
        apiUrl: slack.apiUrl,
        installations: own.installations ?? installations,
        log,
      });
      t.after(() => tenancy.stop());
      return tenancy;
    },
    async install({ routes }, team = slack.team) {
      const request = async (path: string, init?: RequestInit): Promise<Response> => {
        const url = new URL(path, "http://127.0.0.1");
        const route = routes.find((candidate) => candidate.path === url.pathname);
        return route?.handle(new Request(url, init)) ?? new Response(null, { status: 404 });
      };
      const page = await installByBrowser({ request }, slack, slack.addPerson("owner", { team }));
      assert.equal(page.status, 200);
    },
    end(team) {
      const tokens = [...slack.world.tokens.values()].filter((token) => token.team === team && token.kind === "bot");
      for (const { value } of tokens) slack.setToken(value, "account_inactive");
    },
    async pass(milliseconds) {
      t.mock.timers.setTime(Date.now() + milliseconds);
      await slack.clock.advance(0);
    },
    rotations: () =>
      slack.calls.filter(({ method, args }) => method === "oauth.v2.access" && "refresh_token" in args).length,
  };
}

/** Asks Slack who we are: the token is good. */
async function ask(tenancy: Tenancy, team: string): Promise<unknown> {
  return (await tenancy.api(team).once("auth.test", {}))["team_id"];
}

const isNotInstalled = (error: unknown): boolean => error instanceof Failure && error.kind === "delivery-failed";

function listen(): { readonly log: Log; readonly errors: object[] } {
  const errors: object[] = [];
  const log: Log = { ...silentLog, error: (fields) => void errors.push(fields), child: () => log };
  return { log, errors };
}

describe("a workspace that installed Footnote", () => {
  test("is known to every replica, and after a restart", async (t) => {
    const { slack, replica, install } = await openDesk(t);
    await install(replica());

    const identity = await replica().identity(slack.team);

    assert.deepEqual(identity, { team: slack.team, user: slack.botUser, bot: "B0LIBRARY" });
    assert.equal(await ask(replica(), slack.team), slack.team);
    assert.deepEqual(slack.faults, []);
  });

  test("is one of many, and the others are not installed", async (t) => {
    const { slack, replica, install } = await openDesk(t);
    const archive = slack.addTeam("Archive", { isInstalled: false });
    const tenancy = replica();
    await install(tenancy, archive.id);

    assert.equal(await ask(tenancy, archive.id), archive.id);
    await assert.rejects(ask(tenancy, slack.team), isNotInstalled);
    await assert.rejects(tenancy.identity(slack.team), isNotInstalled);
  });

  test("is not delayed by the limit of another", async (t) => {
    const { slack, replica, install } = await openDesk(t);
    const archive = slack.addTeam("Archive", { isInstalled: false });
    const tenancy = replica();
    await install(tenancy);
    await install(tenancy, archive.id);

    slack.fail("auth.test", { retryAfter: 3_600 });
    const limited = await tenancy.api(slack.team).ifFree("auth.test", {});
    const later = await tenancy.api(slack.team).ifFree("auth.test", {});

    assert.equal(limited, undefined);
    assert.equal(later, undefined);
    assert.equal(await ask(tenancy, archive.id), archive.id);
  });

  test("goes on while the database is away", async (t) => {
    const { slack, replica, install, installations, pass } = await openDesk(t);
    let isAway = false;
    const get: Installations["get"] = async (...key) => {
      if (isAway) throw new Failure("store-unavailable", "the database is away");
      return installations.get(...key);
    };
    const tenancy = replica({ installations: { ...installations, get } });
    await install(tenancy);
    await ask(tenancy, slack.team);

    isAway = true;
    await pass(2 * 60_000);

    assert.equal(await ask(tenancy, slack.team), slack.team);
    await assert.rejects(
      tenancy.recognise("T0OTHER"),
      (error: unknown) => error instanceof Failure && error.kind === "store-unavailable",
    );
  });

  test("is forgotten a minute after another replica has removed it, without a word from Slack", async (t) => {
    const { slack, replica, install, installations, pass } = await openDesk(t);
    const tenancy = replica();
    await install(tenancy);
    await ask(tenancy, slack.team);

    await installations.remove("slack", slack.team);
    await pass(61_000);

    await assert.rejects(ask(tenancy, slack.team), isNotInstalled);
  });
});

describe("a token that expires", () => {
  const ROTATING = { rotatesTokens: true };

  test("is rotated ahead of time, once", async (t) => {
    const { slack, replica, install, pass, rotations } = await openDesk(t, ROTATING);
    const tenancy = replica();
    await install(tenancy);

    await pass(9 * HOUR_MS);
    await ask(tenancy, slack.team);
    const early = rotations();
    await pass(2 * HOUR_MS);
    await Promise.all([ask(tenancy, slack.team), ask(tenancy, slack.team), ask(tenancy, slack.team)]);
    await pass(2 * HOUR_MS);
    await ask(tenancy, slack.team);

    assert.equal(early, 0);
    assert.equal(rotations(), 1);
    assert.deepEqual(slack.faults, []);
  });

  test("is rotated by one of two replicas that need it at once", async (t) => {
    const { slack, replica, install, pass, rotations } = await openDesk(t, ROTATING);
    const replicas = [replica(), replica()] as const;
    await install(replicas[0]);
    await ask(replicas[1], slack.team);

    await pass(11 * HOUR_MS);
    await Promise.all(replicas.map((tenancy) => ask(tenancy, slack.team)));
    await pass(2 * HOUR_MS);
    await Promise.all(replicas.map((tenancy) => ask(tenancy, slack.team)));

    assert.equal(rotations(), 1);
    assert.deepEqual(slack.faults, []);
  });

  test("is rotated by a process that was started long after it expired", async (t) => {
    const { slack, replica, install, pass, rotations } = await openDesk(t, ROTATING);
    await install(replica());

    await pass(48 * HOUR_MS);
    const team = await ask(replica(), slack.team);

    assert.equal(team, slack.team);
    assert.equal(rotations(), 1);
    assert.deepEqual(slack.faults, []);
  });

  test("serves while Slack is away, and is rotated when it is back", async (t) => {
    const { slack, replica, install, pass, rotations } = await openDesk(t, ROTATING);
    const tenancy = replica();
    await install(tenancy);
    await pass(11 * HOUR_MS);
    slack.fail("oauth.v2.access", { status: 503 });

    const meanwhile = [await ask(tenancy, slack.team), await ask(tenancy, slack.team)];
    const tried = rotations();
    await pass(61_000);
    await ask(tenancy, slack.team);
    await pass(HOUR_MS);
    await ask(tenancy, slack.team);

    assert.deepEqual(meanwhile, [slack.team, slack.team]);
    assert.equal(tried, 1);
    assert.equal(rotations(), 2);
    assert.deepEqual(slack.faults, []);
  });

  test("is rotated when Slack says so first, and the call is made again", async (t) => {
    const { slack, replica, install, rotations } = await openDesk(t, ROTATING);
    const tenancy = replica();
    await install(tenancy);

    await slack.clock.advance(12 * HOUR_MS);
    const team = await ask(tenancy, slack.team);

    assert.equal(team, slack.team);
    assert.equal(rotations(), 1);
    assert.deepEqual(slack.faults, [{ method: "auth.test", error: "token_expired", detail: "" }]);
  });

  test("is not lost when the database fails just after Slack gave it", async (t) => {
    const { slack, replica, install, installations, pass, rotations } = await openDesk(t, ROTATING);
    const update: Installations["update"] = async (platform, team, change) => {
      await change((await installations.get(platform, team)) ?? "");
      throw new Failure("store-unavailable", "the database is away");
    };
    await install(replica());

    await pass(11 * HOUR_MS);
    await ask(replica({ installations: { ...installations, update } }), slack.team);
    await pass(2 * HOUR_MS);

    assert.equal(await ask(replica(), slack.team), slack.team);
    assert.equal(rotations(), 1);
    assert.deepEqual(slack.faults, []);
  });

  test("whose successor was lost on its way serves to its end, and then only its own workspace is off", async (t) => {
    const { slack, replica, install, pass } = await openDesk(t, ROTATING);
    const archive = slack.addTeam("Archive", { isInstalled: false });
    const { log, errors } = listen();
    const tenancy = replica({ log });
    await install(tenancy);
    await pass(11 * HOUR_MS);
    await install(tenancy, archive.id);
    slack.fail("oauth.v2.access", { close: "after" });

    const meanwhile = await ask(tenancy, slack.team);
    await pass(2 * HOUR_MS);
    await assert.rejects(ask(tenancy, slack.team), { code: "token_expired" });
    await assert.rejects(ask(tenancy, slack.team), isNotInstalled);

    assert.equal(meanwhile, slack.team);
    assert.deepEqual(errors, [{ code: "token_expired" }]);
    assert.equal(await ask(tenancy, archive.id), archive.id);
  });
});

describe("a token that Slack refuses", () => {
  test("turns its workspace off until Footnote is installed there again, and no other", async (t) => {
    const { slack, replica, install, installations, end } = await openDesk(t);
    const archive = slack.addTeam("Archive", { isInstalled: false });
    const { log, errors } = listen();
    const tenancy = replica({ log });
    await install(tenancy);
    await install(tenancy, archive.id);

    end(slack.team);
    await assert.rejects(ask(tenancy, slack.team), { code: "account_inactive" });
    await assert.rejects(ask(tenancy, slack.team), isNotInstalled);
    const asked = slack.calls.length;
    await assert.rejects(ask(tenancy, slack.team), isNotInstalled);

    assert.equal(slack.calls.length, asked);
    assert.deepEqual(errors, [{ code: "account_inactive" }]);
    assert.equal(await installations.get("slack", slack.team), undefined);
    assert.equal(await ask(tenancy, archive.id), archive.id);

    await install(tenancy);
    assert.equal(await ask(tenancy, slack.team), slack.team);
  });

  test("is kept where Slack does not say that the installation has ended, and is tried again", async (t) => {
    const { slack, replica, install, installations, pass } = await openDesk(t);
    const tenancy = replica();
    await install(tenancy);
    slack.fail("auth.test", { error: "invalid_auth" });

    await assert.rejects(ask(tenancy, slack.team), { code: "invalid_auth" });
    await assert.rejects(ask(tenancy, slack.team), isNotInstalled);
    await pass(11 * 60_000);

    assert.notEqual(await installations.get("slack", slack.team), undefined);
    assert.equal(await ask(tenancy, slack.team), slack.team);
  });

  test("leaves the workspace on when another replica installs Footnote there just before the row would go", async (t) => {
    const { slack, replica, install, installations, end } = await openDesk(t);
    const other = replica();
    const remove: Installations["remove"] = async (...key) => {
      await install(other);
      await installations.remove(...key);
    };
    const tenancy = replica({ installations: { ...installations, remove } });
    await install(tenancy);
    await ask(tenancy, slack.team);

    end(slack.team);
    await assert.rejects(ask(tenancy, slack.team), { code: "account_inactive" });

    assert.equal(await ask(tenancy, slack.team), slack.team);
    assert.equal(await ask(other, slack.team), slack.team);
  });

  test("gives way to the one another replica has got meanwhile", async (t) => {
    const { slack, replica, install, installations, end } = await openDesk(t);
    const { log, errors } = listen();
    const tenancy = replica({ log });
    await install(tenancy);
    await ask(tenancy, slack.team);

    end(slack.team);
    await install(replica());
    const team = await ask(tenancy, slack.team);

    assert.equal(team, slack.team);
    assert.deepEqual(errors, []);
    assert.notEqual(await installations.get("slack", slack.team), undefined);
  });
});

describe("what is kept of a workspace", () => {
  test("cannot be read with another secret, which is said once, and is made anew by installing again", async (t) => {
    const { slack, replica, install } = await openDesk(t);
    await install(replica());
    const { log, errors } = listen();
    const tenancy = replica({ stateSecret: "another secret of 16 bytes or more", log });
    const unreadable = {
      kind: "invalid-config",
      message: "installations cannot be read: SLACK_STATE_SECRET has changed",
    };

    await assert.rejects(ask(tenancy, slack.team), unreadable);
    await assert.rejects(tenancy.recognise(slack.team), unreadable);
    assert.equal(errors.length, 1);

    await install(tenancy);
    assert.equal(await ask(tenancy, slack.team), slack.team);
  });

  test("cannot be read in the place of another workspace", async (t) => {
    const { slack, replica, install, installations } = await openDesk(t);
    await install(replica());

    await installations.put("slack", "T0OTHER", (await installations.get("slack", slack.team)) ?? "");

    await assert.rejects(ask(replica(), "T0OTHER"), { kind: "invalid-config" });
  });

  test("cannot be read once it was changed", async (t) => {
    const { slack, replica, install, installations } = await openDesk(t);
    await install(replica());
    const bytes = Buffer.from((await installations.get("slack", slack.team)) ?? "", "base64url");

    bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
    await installations.put("slack", slack.team, bytes.toString("base64url"));

    await assert.rejects(ask(replica(), slack.team), { kind: "invalid-config" });
  });

  test("is different every time, even for the same workspace", async (t) => {
    const { slack, replica, install, installations } = await openDesk(t);
    const tenancy = replica();

    await install(tenancy);
    const first = await installations.get("slack", slack.team);
    await install(tenancy);

    assert.notEqual(await installations.get("slack", slack.team), first);
  });
});
