/** Type-checks the code cells of notebooks, which a kernel runs unchecked. */
import { randomUUID } from "node:crypto";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { codeCells } from "./notebook_file.ts";

/** How the files begin that cells are checked in; they are taken away again. */
const CELLS = ".cells-";

/** Takes away what a check that was ended in its midst left in a folder. */
export function removeCellFiles(folder: string): void {
  for (const { name } of Deno.readDirSync(folder)) {
    if (name.startsWith(CELLS)) Deno.removeSync(join(folder, name));
  }
}

/** The cells of a notebook as one module, and where each begins. */
export interface CellModule {
  readonly text: string;
  /** Line at which each code cell begins, from 1. */
  readonly starts: readonly number[];
}

/** Code cells one after another: what one declares the next ones know, as in the kernel. */
export function cellModule(cells: readonly string[]): CellModule {
  const starts: number[] = [], lines = ["export {}; // a module, so that await may stand at its top"];
  for (const cell of cells) {
    starts.push(lines.length + 1);
    lines.push(...`${cell}\n;`.split("\n")); // a cell ends its last statement
  }
  return { text: lines.join("\n") + "\n", starts };
}

/** The code cell in which a line of the module stands and the line in the cell, both from 1. */
export function cellOfLine(
  { starts }: CellModule,
  line: number,
): { readonly cell: number; readonly line: number } {
  const cell = Math.max(1, starts.findLastIndex((start) => start <= line) + 1);
  return { cell, line: line - starts[cell - 1]! + 1 };
}

/**
 * Type errors in the code cells of some notebooks, one text each, which names notebook, cell and line; checked at
 * once, against the deno.json that the kernel would find.
 */
export async function checkCells(paths: readonly string[]): Promise<string[]> {
  const checked = await Promise.all(paths.map(async (path) => {
    const module = cellModule(codeCells(await Deno.readTextFile(path)));
    const file = join(dirname(resolve(path)), `${CELLS}${randomUUID()}.ts`); // beside it: imports are relative
    return { path, module, file };
  }));
  try {
    for (const { module, file } of checked) await Deno.writeTextFile(file, module.text);
    return await complaintsOf(checked);
  } finally {
    for (const { file } of checked) await Deno.remove(file).catch(() => {}); // it may not have been written
  }
}

interface Checked {
  readonly path: string;
  readonly module: CellModule;
  readonly file: string;
}

/** A module that does not parse hides what is wrong with the others: they are checked again without it. */
async function complaintsOf(checked: readonly Checked[]): Promise<string[]> {
  if (checked.length === 0) return [];
  const command = new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", ...checked.map(({ file }) => file)],
    cwd: dirname(checked[0]!.file),
    env: { NO_COLOR: "1" },
    stdin: "null",
  });
  const { success, stderr } = await command.output();
  if (success) return [];
  const said = new TextDecoder().decode(stderr);
  const found = complaintsIn(said).flatMap(({ text, path, line }) => {
    const one = checked.find(({ file }) => file === path);
    if (!one) return [];
    const place = cellOfLine(one.module, line);
    return [{ one, text: `${basename(one.path)}, code cell ${place.cell}, line ${place.line}: ${text}` }];
  });
  if (found.length === 0) { // what is wrong is not in the cells, and may be long
    return [`The cells could not be checked: ${said.trim().split("\n").slice(0, 12).join("\n")}`];
  }
  const unparsed = found.find(({ text }) => text.includes(": SyntaxError: "))?.one;
  const rest = unparsed ? await complaintsOf(checked.filter((one) => one !== unparsed)) : [];
  return [...found.map(({ text }) => text), ...rest];
}

/** What deno check says: a message, then, some lines below, the place. */
function complaintsIn(
  text: string,
): { readonly text: string; readonly path: string; readonly line: number }[] {
  const out: { text: string; path: string; line: number }[] = [];
  let message = "";
  for (const line of text.split("\n")) {
    const head = /^(?:TS\d+ \[ERROR\]: |error: )(.*)$/.exec(line);
    if (head) message = line.replace(" [ERROR]", "").replace(/^error: /, "");
    const at = /^\s+at (file:\/\/.*):(\d+):\d+$/.exec(line) ??
      /^error: .* at (file:\/\/\S+):(\d+):\d+/.exec(line);
    if (at && message !== "") {
      out.push({ text: message, path: fileURLToPath(at[1]!), line: Number(at[2]) });
      message = "";
    }
  }
  return out;
}
