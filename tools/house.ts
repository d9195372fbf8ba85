/**
 * The rules of the house as a `deno lint` plugin: which folder of src may import which, and which folders
 * may touch the world. Switched on by `"lint": { "plugins": ["./tools/house.ts"] }` in deno.json.
 */

/** The floor of each folder of src. It imports from floors below its own; siblings do not know each other. */
export const floors: Readonly<Record<string, number>> = {
  core: 0,
  market: 1,
  stats: 1,
  genome: 1,
  llm: 1,
  events: 2,
  features: 2,
  news: 2,
  simulation: 2,
  inventory: 3,
  agents: 4,
  population: 5,
  experiments: 6,
  figures: 7,
  live: 7,
  admin: 8,
  report: 8,
  adapters: 9,
  desk: 10,
  cli: 11,
};

/** The folders that may touch files, network, clock, randomness and console. */
const rim = new Set(["adapters", "cli"]);

/** Globals through which a module touches the world. */
const worldly = new Set([
  "Deno",
  "console",
  "crypto",
  "fetch",
  "globalThis",
  "performance",
  "process",
  "setInterval",
  "setTimeout",
  "WebSocket",
  "Worker",
]);

const worldlyMembers = new Set(["Date.now", "Math.random"]);

/** The one module of src outside the rim that builds polars frames. */
const frameModule = "features/frame.ts";

/** Path of a file below src, "features/rsi.ts"; undefined for a file elsewhere. */
export function pathInSrc(path: string): string | undefined {
  const at = `/${path.replaceAll("\\", "/")}`.lastIndexOf("/src/");
  return at < 0 ? undefined : path.slice(at + "src/".length);
}

/** What a specifier in `file` (a path below src) reaches: a path below src, or undefined for anything else. */
export function resolveInSrc(file: string, specifier: string): string | undefined {
  if (specifier.startsWith("popagent/")) return specifier.slice("popagent/".length);
  if (!specifier.startsWith(".")) return undefined;
  const base = new URL(`file:///src/${file}`);
  const reached = new URL(specifier, base).pathname;
  return reached.startsWith("/src/") ? reached.slice("/src/".length) : undefined;
}

/** The folder of a path below src; "" for src/mod.ts. */
function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "";
}

/** Why `file` must not import `specifier`, or undefined if it may. */
export function floorFault(file: string, specifier: string): string | undefined {
  const from = folderOf(file);
  if (from === "") return undefined; // src/mod.ts is the table of contents
  const reached = resolveInSrc(file, specifier);
  const to = reached === undefined ? from : folderOf(reached);
  if (to === from) return undefined;
  const below = floors[from], above = floors[to];
  if (below === undefined || above === undefined) {
    return `Cannot place src/${below === undefined ? from : to} as it has no floor in tools/house.ts`;
  }
  if (above < below) return undefined;
  return `Cannot import src/${to} (floor ${above}) from src/${from} (floor ${below}) as a folder imports only from floors below it`;
}

type ImportNode =
  | Deno.lint.ImportDeclaration
  | Deno.lint.ExportNamedDeclaration
  | Deno.lint.ExportAllDeclaration
  | Deno.lint.ImportExpression;

/** The specifier of an import, export-from or import(); undefined if there is none or it is computed. */
function specifierOf(node: ImportNode): string | undefined {
  const { source } = node;
  return source?.type === "Literal" && typeof source.value === "string" ? source.value : undefined;
}

/** A visitor that calls `visit` on every import of a file, however it is written. */
function onImports(visit: (node: ImportNode, specifier: string) => void): Deno.lint.LintVisitor {
  const see = (node: ImportNode) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) visit(node, specifier);
  };
  return {
    ImportDeclaration: see,
    ExportNamedDeclaration: see,
    ExportAllDeclaration: see,
    ImportExpression: see,
  };
}

const floorsRule: Deno.lint.Rule = {
  create(context) {
    const file = pathInSrc(context.filename);
    if (file === undefined) return {};
    return onImports((node, specifier) => {
      const message = floorFault(file, specifier);
      if (message !== undefined) context.report({ node, message });
    });
  },
};

/** Why a pure module must not make this import, or undefined if it may. */
function importFault(file: string, node: ImportNode, specifier: string): string | undefined {
  if (/^(npm:)?nodejs-polars/.test(specifier) && file !== frameModule) {
    return `Cannot import nodejs-polars in src/${file} as only src/${frameModule} and src/adapters build frames`;
  }
  if (!specifier.startsWith("node:")) return undefined;
  const hashOnly = specifier === "node:crypto" && node.type === "ImportDeclaration" &&
    node.specifiers.every((one) => one.local.name === "createHash");
  return hashOnly
    ? undefined
    : `Cannot import ${specifier} in src/${file} as only src/adapters and src/cli touch the world`;
}

const purityRule: Deno.lint.Rule = {
  create(context) {
    const file = pathInSrc(context.filename);
    if (file === undefined || rim.has(folderOf(file))) return {};
    const report = (node: Deno.lint.Node, what: string) =>
      context.report({
        node,
        message:
          `Cannot use ${what} in src/${file} as only src/adapters and src/cli touch the world: pass it in`,
      });
    const bound = new Set<string>(); // a parameter named fetch is a port that is passed in, not the global
    const used: Deno.lint.Identifier[] = [];
    return {
      ...onImports((node, specifier) => {
        const message = importFault(file, node, specifier);
        if (message !== undefined) context.report({ node, message });
      }),
      Identifier(node) {
        if (!worldly.has(node.name)) return;
        if (isBinding(node)) bound.add(node.name);
        else if (isReference(node)) used.push(node);
      },
      MemberExpression(node) {
        if (node.object.type !== "Identifier" || node.property.type !== "Identifier") return;
        const member = `${node.object.name}.${node.property.name}`;
        if (worldlyMembers.has(member)) report(node, member);
      },
      NewExpression(node) {
        const isDate = node.callee.type === "Identifier" && node.callee.name === "Date";
        if (isDate && node.arguments.length === 0) report(node, "new Date()");
      },
      "Program:exit"() {
        for (const node of used) if (!bound.has(node.name)) report(node, node.name);
      },
    };
  },
};

/** True where an identifier names a parameter, a variable or an import. */
function isBinding(node: Deno.lint.Identifier): boolean {
  const parent = node.parent;
  switch (parent.type) {
    case "VariableDeclarator":
      return parent.id === node;
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
      return parent.params.includes(node);
    case "ImportSpecifier":
    case "RestElement":
      return true;
    case "AssignmentPattern":
      return parent.left === node;
    case "Property":
      return parent.parent.type === "ObjectPattern" && parent.value === node;
    default:
      return false;
  }
}

/** True where an identifier reads a variable, not where it names a property or stands in a type. */
function isReference(node: Deno.lint.Identifier): boolean {
  const parent = node.parent;
  switch (parent.type) {
    case "MemberExpression":
      return parent.object === node || parent.computed;
    case "Property":
      return parent.value === node;
    case "MethodDefinition":
    case "PropertyDefinition":
      return parent.key !== node;
    default:
      return !parent.type.startsWith("TS") || parent.type === "TSAsExpression" ||
        parent.type === "TSNonNullExpression";
  }
}

const plugin: Deno.lint.Plugin = { name: "house", rules: { floors: floorsRule, purity: purityRule } };
export default plugin;
