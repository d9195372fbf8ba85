/**
 * Notebook files: read as they are, written so that equal cells and outputs are equal bytes.
 *
 * @see The Jupyter notebook format 4.5 (nbformat documentation).
 */
import * as z from "zod";
import { sha256 } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import type { CellOutput } from "./kernel.ts";
import { linesOf, storedOutputs } from "./stored_outputs.ts";

const text = z.union([z.string(), z.array(z.string())]).transform((lines) => [lines].flat().join(""));
const cellSchema = z.object({
  cell_type: z.string(),
  id: z.string().optional(),
  source: text,
  metadata: z.record(z.string(), z.unknown()).default({}),
  outputs: z.array(z.unknown()).default([]),
});
const notebookSchema = z.object({
  cells: z.array(cellSchema),
  metadata: z.record(z.string(), z.unknown()).default({}),
});
export type Notebook = z.output<typeof notebookSchema>;

/** What the project keeps of its own in a notebook's metadata. */
const ownSchema = z.object({
  keepOutputs: z.boolean().default(true),
  ranSource: z.string().optional(),
}).default({ keepOutputs: true });

/** A notebook's text as data. @throws {UserError} If the text is not a notebook. */
export function readNotebook(json: string): Notebook {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (cause) {
    throw new UserError(`Cannot read a notebook as it must be JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = notebookSchema.safeParse(data);
  if (!parsed.success) {
    throw new UserError(`Cannot read a notebook as it must hold cells: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}

/** The sources of a notebook's code cells, in order. @throws {UserError} If the text is not a notebook. */
export function codeCells(json: string): string[] {
  return readNotebook(json).cells.filter((cell) => cell.cell_type === "code").map(({ source }) => source);
}

/** False if the notebook says in its metadata that it is stored without outputs. */
export function keepsOutputs(notebook: Notebook): boolean {
  return ownOf(notebook).keepOutputs;
}

/** True if the stored outputs were made by the code cells as they stand; outputs that are not kept are never old. */
export function outputsAreCurrent(json: string): boolean {
  const notebook = readNotebook(json);
  return !keepsOutputs(notebook) || ownOf(notebook).ranSource === sourceHash(json);
}

/**
 * A notebook with the outputs of its code cells, as bytes that depend on cells and outputs alone: no times, no
 * versions, no counts of earlier runs; keys sorted, one space of indent, as nbformat writes.
 *
 * @param outputs Of each code cell, in order.
 */
export function notebookText(json: string, outputs: readonly (readonly CellOutput[])[]): string {
  const notebook = readNotebook(json), keep = keepsOutputs(notebook);
  let code = 0;
  const cells = notebook.cells.map(({ cell_type, id, source, metadata }, i) => {
    const cell = {
      cell_type,
      id: id ?? `cell-${i}`,
      metadata: keptMetadata(metadata),
      source: linesOf(source),
    };
    if (cell_type !== "code") return cell;
    const n = ++code;
    return {
      ...cell,
      execution_count: keep ? n : null,
      outputs: keep ? storedOutputs(outputs[n - 1] ?? [], n) : [],
    };
  });
  const own = keep ? { ranSource: sourceHash(json) } : { keepOutputs: false };
  const whole = { cells, metadata: { ...METADATA, popagent: own }, nbformat: 4, nbformat_minor: 5 };
  return `${JSON.stringify(sorted(whole), null, 1)}\n`;
}

/** Metadata without a version, which would change with every release of Deno. */
const METADATA = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: {
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  },
};

/** Of a cell's metadata what an author sets; what front ends write (times, scrolling) is left out. */
function keptMetadata({ tags, name }: Readonly<Record<string, unknown>>) {
  return { ...(tags === undefined ? {} : { tags }), ...(name === undefined ? {} : { name }) };
}

function ownOf({ metadata }: Notebook) {
  return ownSchema.parse(metadata.popagent);
}

/** What tells whether the code cells of a notebook changed: SHA-256 of their sources, hex. */
export function sourceHash(json: string): string {
  return sha256(JSON.stringify(codeCells(json)));
}

/** What tells whether the text between the code cells changed: SHA-256 of it and of where it stands, hex. */
export function textHash(json: string): string {
  return sha256(
    JSON.stringify(
      readNotebook(json).cells.map(({ cell_type, source }) => cell_type === "code" ? null : source),
    ),
  );
}

/** How many displays of each MIME type the stored outputs hold, the richest of each counted; errors and texts by name. */
export function displayCounts(json: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const output of readNotebook(json).cells.flatMap(({ outputs }) => outputs)) {
    const { output_type, data } = displaySchema.parse(output);
    const type = RICHEST.find((one) => data && one in data) ?? output_type;
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return sorted(counts) as Record<string, number>;
}

const displaySchema = z.object({
  output_type: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
});
const RICHEST = ["image/svg+xml", "text/html", "text/markdown", "text/plain"];

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]),
  );
}
