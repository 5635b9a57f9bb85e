import { parseSync, Visitor } from "oxc-parser";

export interface SourceModule {
  /** As written: `./x.ts`, `hono`, `node:fs`, or COMPUTED. Static, re-exported, dynamic and type imports alike. */
  readonly imports: readonly string[];
  readonly hasDefaultExport: boolean;
  /** `process.env` in any of its spellings. */
  readonly readsEnvironment: boolean;
}

/** Stands for the module of an `import(…)` whose argument is no literal. */
export const COMPUTED = "(computed)";

const ENVIRONMENT = /^(globalThis\.)?process(\??\.env|\[["'`]env["'`]\])$/;

/** What the rules of the architecture need to know of one TypeScript or JavaScript source. */
export function readModule(path: string, text: string): SourceModule {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors.map((error) => error.message).join("; ")}`);
  const imports = new Set<string>();
  let hasDefaultExport = false;
  let readsEnvironment = false;
  new Visitor({
    ImportDeclaration({ source, specifiers }) {
      imports.add(source.value);
      const names = specifiers.map(({ start, end }) => text.slice(start, end));
      readsEnvironment ||= /^(node:)?process$/.test(source.value) && names.some((name) => /^env\b/.test(name));
    },
    ImportExpression({ source }) {
      imports.add(source.type === "Literal" ? String(source.value) : COMPUTED);
    },
    TSImportType({ source }) {
      imports.add(source.value);
    },
    ExportAllDeclaration({ source }) {
      imports.add(source.value);
    },
    ExportNamedDeclaration({ source }) {
      if (source !== null) imports.add(source.value);
    },
    ExportDefaultDeclaration() {
      hasDefaultExport = true;
    },
    ExportSpecifier({ exported }) {
      hasDefaultExport ||= exported.type === "Identifier" && exported.name === "default";
    },
    MemberExpression({ start, end }) {
      readsEnvironment ||= ENVIRONMENT.test(text.slice(start, end));
    },
    VariableDeclarator({ id, init }) {
      readsEnvironment ||= init?.type === "Identifier" && init.name === "process" && id.type === "ObjectPattern";
    },
  }).visit(program);
  return { imports: [...imports], hasDefaultExport, readsEnvironment };
}
