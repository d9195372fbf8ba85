/** A finished grid into the paper folder. */
import { join } from "node:path";
import { sha256 } from "../../core/hash.ts";
import { type EvidenceRecord, evidenceRecordSchema } from "../../experiments/evidence/evidence_record.ts";
import { summarise } from "../../experiments/evidence/summarise.ts";
import { paperFigures } from "../../figures/paper_figures.ts";
import { paperMacros, paperResults, paperTables } from "../../report/text/paper_texts.ts";
import { FIGURE_FORMATS, figureFile, type FigureFormat } from "../draw/figure_files.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { requireWritableFolder } from "../files/writable_folder.ts";
import { figurePath } from "./draw_paper.ts";
import { exportedGrids } from "./exported_grids.ts";
import { loadRobust } from "./load_robust.ts";
import { listedName, listedPath, type PaperPlaces } from "./listed_files.ts";
import { appendEntry } from "./manifest.ts";
import { evidencePlaces } from "./places.ts";
import { exists } from "../runs/run_places.ts";

/**
 * Writes a grid's stored result, tables, figures, and macros of all grids; then the manifest.
 *
 * @returns The files that were written.
 */
export async function exportPaper(
  record: EvidenceRecord,
  { results, paper }: PaperPlaces,
  formats: readonly FigureFormat[] = FIGURE_FORMATS,
): Promise<string[]> {
  const { grid, gridHash, trials } = record;
  const summary = summarise(record); // a grid that cannot be judged leaves what was exported before
  const robust = await loadRobust(record, results);
  const places = evidencePlaces(results, grid);
  const written: Record<string, string> = {};
  const write = async (path: string, content: string | Uint8Array) => {
    await writeFileAtomic(path, content);
    written[listedName(path, { results, paper })] = sha256(content);
  };
  for (const folder of [results, join(paper, "tables"), join(paper, "figures")]) {
    await requireWritableFolder(folder);
  }
  await write(places.record, recordText(record));
  for (const [path, text] of Object.entries(paperTables(summary, robust))) {
    await write(join(paper, path), text);
  }
  if (robust !== null) {
    written[listedName(places.robust, { results, paper })] = sha256(await Deno.readFile(places.robust));
  }
  if (record.registered !== null && exists(places.registration)) {
    written[listedName(places.registration, { results, paper })] = sha256(
      await Deno.readFile(places.registration),
    );
  }
  for (const figure of paperFigures(summary)) {
    for (const format of formats) {
      await write(figurePath(paper, grid, figure.name, format), await figureFile(figure, format));
    }
  }
  await appendEntry(places.manifest, { grid, gridHash, trials, files: written });
  const all = await exportedGrids(results);
  const shared = {
    "macros.tex": paperMacros(all.map(({ summary }) => summary)),
    "results.tex": paperResults(all),
  };
  for (const [name, text] of Object.entries(shared)) await writeFileAtomic(join(paper, name), text);
  return [
    ...Object.keys(written).map((name) => listedPath(name, { results, paper })),
    ...Object.keys(shared).map((name) => join(paper, name)),
    places.manifest,
  ];
}

/**
 * The text of a stored result: a line a cell, so that what changed shows; arms and claims in the order of the file, all else in
 * that of the schema, so that a grid gives the same bytes whether it was run here or read from its stored result.
 */
export function recordText(record: EvidenceRecord): string {
  return `${JSON.stringify(evidenceRecordSchema.parse(record)).replaceAll('{"label":', '\n{"label":')}\n`;
}
