/** The figures of exported grids, drawn from stored results alone: the repository holds none. */
import { join } from "node:path";
import { sha256 } from "../../core/hash.ts";
import type { Summary } from "../../experiments/evidence/summarise.ts";
import { paperFigures } from "../../figures/paper_figures.ts";
import { FIGURE_FORMATS, figureFile, type FigureFormat } from "../draw/figure_files.ts";
import { writeFileAtomic } from "../files/atomic_file.ts";
import { requireWritableFolder } from "../files/writable_folder.ts";
import { exists } from "../runs/run_places.ts";
import { exportedGrids } from "./exported_grids.ts";
import { listedName, type PaperPlaces } from "./listed_files.ts";

/** Where a figure of a grid lies in the folder of the paper. */
export function figurePath(paper: string, grid: string, name: string, format: FigureFormat): string {
  return join(paper, "figures", `${grid}_${name}.${format}`);
}

/**
 * Draws what the paper shows of all exported grids, but for files that are as they were exported: those of an earlier
 * result are drawn anew.
 *
 * @returns The files that were drawn.
 */
export async function drawPaper(
  { results, paper }: PaperPlaces,
  formats: readonly FigureFormat[],
): Promise<string[]> {
  const drawn: string[] = [];
  await requireWritableFolder(join(paper, "figures"));
  for (const { summary, files } of await exportedGrids(results)) {
    const { grid } = summary.record;
    for (const figure of paperFigures(summary)) {
      for (const format of formats) {
        const path = figurePath(paper, grid, figure.name, format);
        if (
          exists(path) && sha256(await Deno.readFile(path)) === files[listedName(path, { results, paper })]
        ) {
          continue;
        }
        await writeFileAtomic(path, await figureFile(figure, format));
        drawn.push(path);
      }
    }
  }
  return drawn;
}

/** True if a file is a figure of a grid as its stored result gives it today, by whatever source it was exported. */
export async function isAsDrawn(path: string, paper: string, summary: Summary): Promise<boolean> {
  for (const figure of paperFigures(summary)) {
    const format = FIGURE_FORMATS.find((one) =>
      path === figurePath(paper, summary.record.grid, figure.name, one)
    );
    if (format === undefined) continue;
    return sha256(await Deno.readFile(path)) === sha256(await figureFile(figure, format));
  }
  return false;
}
