/**
 * Configurations as people might write them, right and wrong, each with what must come of it. What was meant is
 * drawn first and then written in one of the ways there are; what must come of it never looks at the text again.
 */
import fc from "fast-check";
import type { Setting } from "popagent/adapters/config/setting_catalogue.ts";
import { settingCatalogue } from "popagent/adapters/config/resolve_settings.ts";
import { settingsSchema } from "popagent/experiments/config.ts";
import type { SettingType } from "popagent/adapters/config/setting_type.ts";

type Draw = fc.GeneratorValue;

/** Text of a file, texts of --set, and what must come of them. */
export interface GeneratedSettings {
  readonly yaml: string;
  readonly sets: readonly string[];
  /** Faults by what each must say, in no order. None: the values are to be read as meant. */
  readonly faults: readonly Fault[];
  /** The values as they were meant, by dotted path. */
  readonly meant: ReadonlyMap<string, unknown>;
}

interface Fault {
  readonly what: string;
  readonly says: RegExp;
}

/** One setting as it stands in the file. */
interface Line {
  readonly path: readonly string[];
  readonly text: string;
}

const COINS = ["BTC", "ETH", "SOL", "DOGE", "XRP"];

export const generatedSettings: fc.Arbitrary<GeneratedSettings> = fc.gen().map((draw) => {
  const faulty = draw(fc.nat, 2) === 0, density = draw(fc.integer, { min: 1, max: 6 });
  const chosen = settingCatalogue().settings.filter(() => draw(fc.nat, 9) < density);
  const lines: Line[] = [], sets: string[] = [], faults: Fault[] = [];
  const drawn = new Map<string, unknown>();
  for (const setting of chosen) {
    const path = setting.path.replace("*", "ADA").split(".");
    if (faulty && draw(fc.nat, 3) === 0) {
      const fault = wrong(draw, setting, path);
      faults.push({ what: `${path.join(".")}: ${fault.text}`, says: fault.says });
      lines.push({ path: fault.path, text: fault.text });
    } else drawn.set(path.join("."), right(draw, setting));
  }
  const meant = draw(fc.nat, 9) < 8 ? consistent(drawn) : drawn;
  for (const [dotted, value] of meant) {
    if (draw(fc.nat, 5) === 0) sets.push(`${dotted}=${written(draw, value, true)}`);
    else lines.push({ path: dotted.split("."), text: written(draw, value, false) });
  }
  const text = document(draw, lines);
  if (!faulty || draw(fc.nat, 3) > 0) return { yaml: text, sets, faults, meant };
  const broken = BROKEN[draw(fc.nat, BROKEN.length - 1)]!;
  const fault = { what: broken.of("").slice(0, 40), says: broken.says };
  return { yaml: broken.of(text), sets, faults: [fault], meant };
});

/** Those of some values that do not contradict one another. */
function consistent(values: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  const { success, error } = settingsSchema.safeParse(treeOf(values));
  if (success) return values;
  const blamed = error.issues.map(({ path }) => path.slice(0, 2).join(".")); // a coin's terms go as a whole
  const left = [...values].filter(([path]) =>
    !blamed.some((one) => path === one || path.startsWith(`${one}.`))
  );
  const some = left.length < values.size ? left : left.slice(1); // blamed may be a default
  return consistent(new Map(some));
}

/** Values by dotted path as a tree. */
export function treeOf(values: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const tree: Record<string, unknown> = {};
  for (const [dotted, value] of values) {
    const path = dotted.split(".");
    let branch = tree;
    for (const key of path.slice(0, -1)) branch = (branch[key] ??= {}) as Record<string, unknown>;
    branch[path.at(-1)!] = value;
  }
  return tree;
}

/** What no file may hold, however right the rest is: the first of it is told, with its line. */
const BROKEN: readonly { readonly of: (text: string) => string; readonly says: RegExp }[] = [
  { of: (text) => `${text}x1: 1\nx1: 2\n`, says: /my\.yaml, line \d+, as keys must be unique: x1/ },
  { of: (text) => `${text}x1: !!omap\n- a: 1\n`, says: /my\.yaml, line \d+, as tags/ },
  { of: (text) => `${text}x1: &x 1\n`, says: /my\.yaml, line \d+, as anchors/ },
  { of: (text) => `${text}x1: *x\n`, says: /my\.yaml, line \d+, as aliases/ },
  { of: (text) => `${text}x1: [1, 2\n`, says: /my\.yaml, line \d+, as it must be YAML 1\.2/ },
  { of: (text) => `${text}\tx1: 1\n`, says: /my\.yaml, line \d+, as it must be YAML 1\.2/ },
  {
    of: (text) => `${text}x1: ${"[".repeat(9)}1${"]".repeat(9)}\n`,
    says: /my\.yaml, line \d+, as groups may stand 8/,
  },
  { of: (text) => `${text}${"x: 1\n".repeat(3000)}`, says: /my\.yaml, line \d+, as keys must be unique: x/ },
];

/** A value that a setting may have. */
function right(draw: Draw, { path, type, nullable }: Setting): unknown {
  if (nullable && draw(fc.boolean)) return null;
  if (path.endsWith("coins")) {
    const some = draw(fc.shuffledSubarray, COINS, { minLength: 1 });
    return path === "coins" || some.includes("BTC") ? some : ["BTC", ...some];
  }
  return valueOf(draw, type);
}

function valueOf(draw: Draw, type: SettingType): unknown {
  switch (type.kind) {
    case "number":
      return numberIn(draw, type) + 0; // -0 is 0
    case "choice":
      return type.values[draw(fc.nat, type.values.length - 1)];
    case "switch":
      return draw(fc.boolean);
    case "text":
      return draw(
        fc.constantFrom,
        "bars",
        "data/bybit",
        "a b/c",
        "2024",
        "yes",
        "C:\\bars",
        "ä/ö",
        "null-ish",
      );
    case "list":
      // in small letters: some are written so to see that coins are read in any case
      return [
        type.of.kind === "text" ? draw(fc.constantFrom, "bars", "a b/c", "2024") : valueOf(draw, type.of),
      ];
  }
}

/** Any number within bounds: as people like them, at the bounds, or with all its digits. */
function numberIn(draw: Draw, { min, max, integer }: SettingType & { readonly kind: "number" }): number {
  const low = Math.max(min, -1e9), high = Math.min(max, 1e9);
  if (integer) return draw(fc.integer, { min, max: draw(fc.boolean) ? max : Math.min(max, min + 2000) });
  const value = draw(fc.boolean)
    ? draw(fc.double, { min, max, noNaN: true })
    : low + draw(fc.nat, 1000) / 1000 * (high - low);
  return draw(fc.boolean) ? value : Math.min(max, Math.max(min, Number(value.toPrecision(3))));
}

/** One of the ways in which a value may be written; `inFlow` behind --set, where the line is not YAML. */
function written(draw: Draw, value: unknown, inFlow: boolean): string {
  const pick = (...texts: readonly string[]) => texts[draw(fc.nat, texts.length - 1)]!;
  if (value === null) return inFlow ? pick("null", "~") : pick("null", "~", "");
  if (typeof value === "boolean") {
    return value ? pick("true", "yes", "on", "True", "ON") : pick("false", "no", "off", "False", "Off");
  }
  if (typeof value === "number") {
    const grouped = Number.isInteger(value) ? String(value).replace(/\B(?=(\d{3})+$)/g, "_") : String(value);
    const dotted = String(value).replace(/^0\./, ".");
    return pick(
      String(value),
      value.toExponential(),
      value.toExponential().toUpperCase(),
      `+${value}`,
      grouped,
      dotted,
    );
  }
  if (Array.isArray(value)) {
    const items = value.map((one) => /^[A-Z]+$/.test(one) ? pick(one, one.toLowerCase()) : one); // coins alone
    const block = inFlow ? [] : [`\n${items.map((one) => `- ${one}`).join("\n")}`];
    return pick(
      `[${items.join(", ")}]`,
      `[ ${items.join(" ,")} ]`,
      items.join(","),
      items.join(", "),
      ...block,
    );
  }
  const text = value as string;
  const quoted = [JSON.stringify(text), `'${text}'`];
  return pick(...(text === "null" && !inFlow ? quoted : [text, ...quoted]));
}

/** A setting that breaks a rule: what stands there, and what must be said. */
function wrong(draw: Draw, { path: pattern, type, nullable }: Setting, path: readonly string[]) {
  const dotted = path.join(".").replaceAll(".", "\\.");
  const about = (rule: string, hint = "") =>
    new RegExp(`^  ${dotted}(\\.\\d+)?: ${rule}.*\\(my\\.yaml, line \\d+\\)${hint}`, "m");
  const ways: { readonly text: string; readonly says: RegExp; readonly path?: readonly string[] }[] = [
    { text: "{of: 1}", says: about("must be .*not a group of settings") },
    { text: "many", says: about("must be ") },
    { text: "50%", says: about("must be ") },
    { text: "[[1]]", says: about("must be ") },
  ];
  if (!nullable && type.kind !== "choice") ways.push({ text: "", says: about("must be .* is nothing") });
  if (type.kind === "number") {
    ways.push(
      { text: String(type.max * 1.5 + 1), says: about("must be ") },
      { text: "-1", says: about("must be ") },
      { text: "1e400", says: about("must be ") },
      { text: ".nan", says: about("must be ") },
      { text: `"${type.min}"`, says: about("must be .*", "\\. Write it without quotes\\.") },
      { text: `[${type.min}]`, says: about("must be .*not a list") },
    );
  }
  const misspelt = [...path.slice(0, -1), `${path.at(-1)!.slice(0, -1)}qz`];
  const unknown = new RegExp(
    `^  ${misspelt.join("\\.")}: no such setting \\(my\\.yaml, line \\d+\\)\\. \\S`,
    "m",
  );
  ways.push({ path: misspelt, text: "1", says: unknown });
  const isText = type.kind === "text" ||
    (type.kind === "list" && type.of.kind === "text" && !pattern.endsWith("coins"));
  const texts = isText ? ways.filter(({ text }) => !/^(many|50%)$/.test(text)) : ways;
  const fitting = pattern.endsWith("coins") ? texts.filter(({ text }) => text !== "many") : texts;
  const way = fitting[draw(fc.nat, fitting.length - 1)]!;
  return { path, ...way };
}

/** Lines as one YAML document: groups in block or flow style, in any order, with comments. */
function document(draw: Draw, lines: readonly Line[]): string {
  const indent = draw(fc.constantFrom, "  ", "    ");
  const tree = (some: readonly Line[], depth: number): string => {
    const keys = draw(fc.shuffledSubarray, [...new Set(some.map(({ path }) => path[depth]!))]);
    const rest = [...new Set(some.map(({ path }) => path[depth]!))].filter((key) => !keys.includes(key));
    return [...keys, ...rest].map((key) => {
      const own = some.filter(({ path }) => path[depth] === key);
      const name = draw(fc.constantFrom, key, JSON.stringify(key), `'${key}'`);
      const comment = draw(fc.constantFrom, "", "", " # why");
      const leaf = own.find(({ path }) => path.length === depth + 1);
      if (leaf) {
        const [first, ...further] = leaf.text.split("\n");
        const below = further.map((line) => `${indent.repeat(depth + 1)}${line}\n`).join("");
        return `${indent.repeat(depth)}${name}:${first === "" ? "" : ` ${first}`}${comment}\n${below}`;
      }
      return `${indent.repeat(depth)}${name}:${comment}\n${tree(own, depth + 1)}`;
    }).join(draw(fc.constantFrom, "", "\n"));
  };
  const text = lines.length === 0 ? "# nothing\n" : tree(lines, 0);
  return draw(fc.nat, 9) === 0 ? text.replaceAll("\n", "\r\n") : text;
}
