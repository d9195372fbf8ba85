/** A finished grid as evidence: its registration and its cells, each with its hash. What tables and figures read. */
import * as z from "zod";
import { hashJson } from "../../core/hash.ts";
import { cellHash, type EvidenceCell, evidenceCellSchema } from "./evidence_cell.ts";
import type { Registration } from "./registration.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256");

const registeredSchema = z.strictObject({
  registration: z.custom<Registration>((value) => typeof value === "object" && value !== null),
  hash,
  frozenAt: z.iso.datetime(),
});
/** A registration as it was frozen. */
export type Registered = Readonly<z.output<typeof registeredSchema>>;
/** What tells that neither a registration nor its time were changed by hand; who means to forge one can make it again. */
export function registrationSeal({ hash, frozenAt }: Pick<Registered, "hash" | "frozenAt">): string {
  return hashJson({ hash, frozenAt });
}

/** The file of a frozen registration. */
export const registeredFileSchema = registeredSchema.extend({ seal: hash }).refine(
  ({ registration, hash }) => hashJson(registration) === hash,
  { path: ["hash"], message: "must be the hash of the registration: the file was changed" },
).refine((registered) => registrationSeal(registered) === registered.seal, {
  path: ["seal"],
  message: "must be that of the hash and of frozenAt: the file was changed",
}).transform(({ registration, hash, frozenAt }): Registered => ({ registration, hash, frozenAt }));

/** results/<grid>.json. */
export const evidenceRecordSchema = z.strictObject({
  form: z.literal(1),
  grid: z.string().min(1),
  gridHash: hash.describe("Hash of the labels and results of all cells, equal wherever they ran"),
  code: hash.describe("Hash of the source by which the cells were run"),
  registered: registeredSchema.nullable().describe("Null where nothing was frozen before the run"),
  firstStart: z.iso.datetime().nullable().describe("When the first of its cells was started"),
  registration: z.custom<Registration>((value) => typeof value === "object" && value !== null).describe(
    "What the grid's file says today",
  ),
  arms: z.record(z.string(), z.record(z.string(), z.unknown())).describe(
    "Settings of each arm, but for market and seeds",
  ),
  trials: z.int().min(0).describe("Distinct trials in the ledger when this was written"),
  provisional: z.boolean(),
  source: z.enum(["synthetic", "real", "synthetic and real"]).describe("What bars its cells were made from"),
  openings: z.array(z.string()).describe("Openings of sealed data that cells were made from"),
  cells: z.array(evidenceCellSchema.extend({ hash })),
});
/**
 * A finished grid as evidence; see the schema above.
 *
 * @internal
 */
export type EvidenceRecord = Readonly<z.output<typeof evidenceRecordSchema>>;

/** A cell with the hash of what it says. */
export function sealedCell(cell: EvidenceCell): EvidenceRecord["cells"][number] {
  return { ...cell, hash: cellHash(cell) };
}

/** Labels of cells that do not say what their hash was made of. */
export function changedCells({ cells }: Pick<EvidenceRecord, "cells">): string[] {
  return cells.filter(({ hash, ...cell }) => cellHash(cell) !== hash).map(({ label }) => label);
}
