import { outputsAreCurrent, readNotebook } from "../adapters/notebook/notebook_file.ts";

/** Where two versions of a notebook differ first, in words: the code cell, or what stands around the cells. */
export function firstDifference(stored: string, made: string): string {
  const codeOf = (text: string) => readNotebook(text).cells.filter((cell) => cell.cell_type === "code");
  const before = codeOf(stored), after = codeOf(made);
  const at = after.findIndex((cell, i) =>
    JSON.stringify(cell.outputs) !== JSON.stringify(before[i]?.outputs)
  );
  if (at < 0) {
    return outputsAreCurrent(stored)
      ? "its outputs are the same, its layout is not"
      : "its outputs are the same, but its code was changed after they were stored";
  }
  const [was, is] = [before[at]?.outputs ?? [], after[at]!.outputs];
  if (was.length === 0) return `code cell ${at + 1} has no stored outputs`;
  if (is.length !== was.length) {
    return `code cell ${at + 1} has ${is.length} outputs, ${was.length} are stored`;
  }
  const output = is.findIndex((one, i) => JSON.stringify(one) !== JSON.stringify(was[i]));
  return `output ${output + 1} of code cell ${at + 1}: ${excerpt(was[output], is[output])}`;
}

/** The first place where two texts part, a little of each. */
function excerpt(was: unknown, is: unknown): string {
  const [a, b] = [JSON.stringify(was), JSON.stringify(is)];
  let at = 0;
  while (a[at] === b[at]) at++;
  const from = Math.max(0, at - 20);
  return `"${a.slice(from, at + 40)}" is stored, "${b.slice(from, at + 40)}" was made`;
}
