/** Outputs as a notebook stores them. */
import type { CellOutput } from "./kernel.ts";

type Stored = Record<string, unknown>;

/** A display that a later message may replace. */
interface Shown {
  readonly id: string | undefined;
  output: Stored;
}

/**
 * The outputs of a cell as its reader is left with them: updates and clearings are carried out, parts of a stream
 * are one, and of a line that was written over its last state stays.
 *
 * @param count The cell's number among the code cells.
 */
export function storedOutputs(outputs: readonly CellOutput[], count: number): Stored[] {
  const shown: Shown[] = [];
  let clearing = false;
  for (const { type, content } of outputs) {
    if (type === "clear_output") {
      if (content.wait === true) clearing = true;
      else shown.length = 0;
      continue;
    }
    if (clearing) {
      shown.length = 0;
      clearing = false;
    }
    const last = shown.at(-1)?.output;
    if (type === "stream") {
      if (last?.output_type === "stream" && last.name === content.name) {
        last.text = `${last.text}${content.text}`;
      } else {shown.push({
          id: undefined,
          output: { output_type: "stream", name: content.name, text: content.text },
        });}
      continue;
    }
    const id = (content.transient as { display_id?: string } | undefined)?.display_id;
    if (type === "update_display_data") {
      for (const one of shown.filter((entry) => entry.id === id && id !== undefined)) {
        one.output = { ...one.output, data: content.data, metadata: content.metadata ?? {} };
      }
      continue;
    }
    shown.push({ id, output: storedOutput(type, content, count) });
  }
  return shown.map(({ output }) => withLines(output));
}

function storedOutput(type: string, content: CellOutput["content"], count: number): Stored {
  if (type === "error") {
    const { ename, evalue, traceback } = content;
    return { output_type: "error", ename, evalue, traceback };
  }
  const output = { output_type: type, data: content.data, metadata: content.metadata ?? {} };
  return type === "execute_result" ? { ...output, execution_count: count } : output;
}

/** Texts as lists of lines; binary data and JSON stay as they are. */
function withLines(output: Stored): Stored {
  if (output.output_type === "stream") return { ...output, text: linesOf(overwritten(String(output.text))) };
  if (output.data === undefined) return output;
  const data = Object.entries(output.data as Record<string, unknown>).map(([type, value]) =>
    [
      type,
      typeof value === "string" && /^text\/|\+xml$|javascript$/.test(type) ? linesOf(value) : value,
    ] as const
  );
  return { ...output, data: Object.fromEntries(data) };
}

/** Lines with their ends, as notebooks store text. */
export function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

/** Of each line what stands after its last carriage return. */
function overwritten(text: string): string {
  return text.replaceAll("\r\n", "\n").split("\n").map((line) => line.slice(line.lastIndexOf("\r") + 1)).join(
    "\n",
  );
}
