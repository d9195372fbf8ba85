import * as z from "zod";
import { sha256 } from "../../core/hash.ts";
import { UserError } from "../../core/user_error.ts";
import { CELL_PARTS, type CellCost, type CellFiles, type CellPart } from "../../experiments/ports/cells.ts";
import { type CellReply, cellReplySchema } from "./cell_job.ts";
import { packText, unpackText } from "./packed_text.ts";
import type { SharedFiles } from "./shared_files.ts";

/** The longest packed result that goes through the queue itself. */
const MOST_PACKED = 64 * 2 ** 10;

/** Leaves what is large in the shared place, and says where everything is. */
export async function leaveCell(
  { result, series, events }: CellFiles,
  shared: SharedFiles,
): Promise<Pick<CellReply, "result" | "packed" | "series" | "events">> {
  const packed = packText(result);
  const small = packed.length <= MOST_PACKED;
  return {
    result: small ? sha256(result) : await shared.put(result, "json"),
    packed: small ? packed : null,
    series: series && await shared.put(series, "parquet"),
    events: events === null ? null : await shared.put(events, "jsonl"),
  };
}

/**
 * What a cell left, each part checked by its hash.
 *
 * @throws {UserError} If a part is not there, is another, or was not asked for.
 */
export async function gatherCell(
  answer: unknown,
  keep: readonly CellPart[],
  shared: SharedFiles,
): Promise<{ readonly files: CellFiles; readonly cost: CellCost }> {
  const read = cellReplySchema.safeParse(answer);
  if (!read.success) {
    throw new UserError(
      `Cannot take an answer from the queue as it must be one of this version: ${
        z.prettifyError(read.error)
      }`,
    );
  }
  const { result, packed, series, events, cost } = read.data;
  for (const part of CELL_PARTS) {
    if ((read.data[part] === null) !== keep.includes(part)) continue;
    throw new UserError(
      `Cannot take an answer from the queue as it must hold what was asked for: look at its ${part}`,
    );
  }
  const text = async (hash: string, kind: "json" | "jsonl") =>
    new TextDecoder().decode(await shared.read(hash, kind));
  return {
    files: {
      result: packed === null ? await text(result, "json") : unpackText(packed, result),
      series: series === null ? null : await shared.read(series, "parquet"),
      events: events === null ? null : await text(events, "jsonl"),
    },
    cost,
  };
}
