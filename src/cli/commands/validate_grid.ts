/** popagent validate planted and null: grids over markets whose truth is known. */
import { readResult } from "../../adapters/ledger/grid_frame.ts";
import type { PlacedCell } from "../../adapters/ledger/grid_table.ts";
import { type ResultFiles, resultFiles } from "../../adapters/ledger/result_files.ts";
import { storePlaces } from "../../adapters/ledger/store_folder.ts";
import { writeFileAtomic } from "../../adapters/files/atomic_file.ts";
import { canonicalJson } from "../../core/hash.ts";
import {
  type MarketOutcome,
  marketOutcome,
  nullChecks,
  plantedChecks,
} from "../../experiments/validation.ts";
import { marketLine, validationText } from "../../report/text/validation_text.ts";
import { planned, runGridJob } from "../grid_command.ts";
import { validationGrid } from "../validation_grid.ts";
import type { Validated, WorldRequest } from "../validation_request.ts";
import { requireNoFailure } from "./experiment_run.ts";

/** Runs the cells that are not done, writes the outcomes and judges them. @throws {UserError} If a cell fails. */
export async function runValidationGrid(
  world: "planted" | "null",
  { marketSeeds, rows, icText, set, store, workers, out }: WorldRequest,
): Promise<Validated> {
  const { file, grid } = await validationGrid(world, { marketSeeds, rows, ic: icText, set });
  const plan = await planned(grid);
  const results = resultFiles(storePlaces(store).results);
  const end = await runGridJob({
    plan,
    file,
    store,
    workers,
    mine: plan.cells,
    reproduction: () => `deno task popagent validate ${Deno.args.slice(1).join(" ")}`,
    onDone: ({ marketSeed }, placed) => {
      const [outcome] = outcomesOf(placed().filter((cell) => cell.marketSeed === marketSeed), results);
      return outcome ? marketLine(outcome) : null;
    },
  });
  requireNoFailure(end.run.failed.length);
  const outcomes = outcomesOf(end.cells, results);
  const { config } = grid.markets[0]!.arms[0]!;
  const checks = world === "planted" ? plantedChecks(outcomes, rows) : nullChecks(outcomes);
  await writeFileAtomic(out, `${canonicalJson({ world, rows, config, outcomes, checks })}\n`);
  return { text: validationText(world, outcomes, checks), checks };
}

/** The markets whose cells are all done, with the strategies of their cells together. */
function outcomesOf(cells: readonly PlacedCell[], results: ResultFiles): MarketOutcome[] {
  const seeds = [...new Set(cells.map(({ marketSeed }) => marketSeed!))];
  return seeds.flatMap((seed) => {
    const own = cells.filter(({ marketSeed }) => marketSeed === seed);
    if (own.some(({ state }) => state !== "done")) return [];
    return [marketOutcome(seed, own.map(({ result }) => readResult(results, result!)))];
  });
}
