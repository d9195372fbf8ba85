import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { UserError } from "../../core/user_error.ts";
import { type Origin, printable, type WrittenGroup, type WrittenValue } from "./written.ts";

/** Groups within groups; the deepest setting there is stands four deep. */
const MOST_LEVELS = 8;
/** Keys and values of one file; a file that states every setting of twenty coins has about 400. */
const MOST_VALUES = 2000;

/**
 * Reads YAML 1.2 as settings. Texts stay texts: no scalar is read as anything before a setting asks for it.
 * What YAML can do beyond groups, lists and texts (tags, anchors, aliases, several documents) is refused, and
 * so is whatever the YAML library merely warns of: it would be dropped in silence.
 *
 * @param what The file's name or the flag, for messages.
 * @param originAt The origin of what stands in a line, counted from 1.
 * @returns The value; null for a text without any.
 * @throws {UserError} With the line and the rule.
 */
export function readYamlSettings(
  text: string,
  what: string,
  originAt: (line: number) => Origin,
): WrittenValue | null {
  const lines = new LineCounter();
  const lineOf = (offset: number) => lines.linePos(offset).line;
  const refuse = (offset: number, rule: string): never => {
    throw new UserError(`Cannot read ${what}, line ${Math.max(1, lineOf(offset))}, ${rule}`);
  };
  // uniqueKeys compares all pairs of keys, and the walk below sees duplicates anyway; prettyErrors copies lines.
  const options = { schema: "failsafe", uniqueKeys: false, prettyErrors: false, lineCounter: lines } as const;
  const document = parseDocument(text, options);
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) {
    const message = problem.message.split("\n")[0]!;
    if (/call stack/.test(message)) refuse(problem.pos[0], tooDeep());
    refuse(problem.pos[0], `as it must be YAML 1.2: ${printable(message)}`);
  }
  const { explicit, version } = document.directives!.yaml;
  if (explicit && version !== "1.2") refuse(0, `as it must be YAML 1.2: current value is ${version}`);

  let count = 0;
  const walk = (node: Node | null, offset: number, level: number): WrittenValue => {
    const at = node?.range?.[0] ?? offset;
    if (++count > MOST_VALUES) refuse(at, `as it may hold ${MOST_VALUES} keys and values, no more`);
    if (level > MOST_LEVELS) refuse(at, tooDeep());
    const origin = originAt(lineOf(at));
    if (isAlias(node)) refuse(at, "as aliases (*name) are not read: write the value again");
    if (node && "anchor" in node && node.anchor) refuse(at, "as anchors (&name) are not read: leave it out");
    if (node?.tag) refuse(at, `as tags (${printable(node.tag)}) are not read: leave it out`);
    if (isMap(node)) return group(node.items as readonly Pair[], at, level);
    if (isSeq(node)) {
      return { kind: "list", items: node.items.map((item) => walk(item as Node, at, level + 1)), origin };
    }
    const scalar = isScalar(node) ? node : null;
    const quoted = scalar !== null && scalar.type !== "PLAIN";
    return { kind: "text", text: scalar === null ? "" : String(scalar.value), quoted, origin };
  };
  const group = (pairs: readonly Pair[], offset: number, level: number): WrittenGroup => {
    const seen = new Map<string, number>();
    const entries = pairs.map(({ key, value }) => {
      const at = key?.range?.[0] ?? offset;
      const written = walk(key, at, level);
      const name = written.kind === "text" ? written.text : "";
      if (name === "") refuse(at, "as a key must be a name");
      const before = seen.get(name);
      if (before !== undefined) {
        refuse(at, `as keys must be unique: ${printable(name)} stands in line ${before} already`);
      }
      seen.set(name, lineOf(at));
      return [name, { ...walk(value, at, level + 1), origin: originAt(lineOf(at)) }] as const;
    });
    return { kind: "group", entries, origin: originAt(lineOf(offset)) };
  };
  return document.contents === null ? null : walk(document.contents as Node, 0, 0);
}

interface Pair {
  readonly key: Node | null;
  readonly value: Node | null;
}

function tooDeep(): string {
  return `as groups may stand ${MOST_LEVELS} deep within one another, no deeper`;
}
