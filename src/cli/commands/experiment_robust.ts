/** popagent experiment run --robust: stored teams of a finished grid traded again under other terms. */
import { gridName, readGridFile } from "../../adapters/config/grid_file.ts";
import { loadRowsBy } from "../../adapters/bars/load_market.ts";
import { evidencePlaces } from "../../adapters/evidence/places.ts";
import { writeFileAtomic } from "../../adapters/files/atomic_file.ts";
import { readJson } from "../../adapters/files/json_file.ts";
import { requireWritableFolder } from "../../adapters/files/writable_folder.ts";
import { gridCells } from "../../adapters/ledger/grid_frame.ts";
import { resultFiles } from "../../adapters/ledger/result_files.ts";
import { storedEvents } from "../../adapters/ledger/stored_events.ts";
import { storePlaces } from "../../adapters/ledger/store_folder.ts";
import { exists } from "../../adapters/runs/run_places.ts";
import { UserError } from "../../core/user_error.ts";
import { eventsOfType } from "../../events/event.ts";
import {
  AGAIN,
  flipContrasts,
  MEASURES,
  robustMeasure,
  type RobustRecord,
  robustSchema,
} from "../../experiments/evidence/robust/robust_record.ts";
import { tradeAgain, type TradedBefore } from "../../experiments/evidence/robust/trade_again.ts";
import { AS_RUN, flipOf, VARIATIONS } from "../../experiments/evidence/robust/variations.ts";
import { cellsOf } from "../../experiments/grid/grid.ts";
import { robustText } from "../../report/text/robust_text.ts";
import { cellsLabelled, gridFile } from "../grid_command.ts";
import { say } from "../print.ts";

/** What is traded again. */
export interface RobustRequest {
  readonly store: string;
  readonly results: string;
  /** Sign-flipped histories of real bars. */
  readonly flips: number;
  /** These cells alone; all of both arms where empty. */
  readonly only: readonly string[];
}

/** Trades a finished grid's full and neither again, cell by cell; started again it goes on. */
export async function runRobust(
  called: string,
  { store, results, flips, only }: RobustRequest,
): Promise<void> {
  const grid = await readGridFile(gridFile(called)), name = gridName(called);
  const all = cellsOf(grid), configs = new Map(all.map((cell) => [cell.label, cell.config]));
  cellsLabelled(all, only);
  const files = resultFiles(storePlaces(store).results), out = evidencePlaces(results, name).robust;
  const contrasts = flipContrasts(grid.evidence ?? null);
  const arms = new Set(contrasts.flatMap(({ plus, minus }) => [...plus, ...minus])); // full and neither among them
  const cells = gridCells(name, {
    store,
    are: ({ arm, label }) => arm !== null && arms.has(arm) && (only.length === 0 || only.includes(label)),
  });
  if (only.length === 0) requireArms(name, cells.map(({ arm }) => arm));
  await requireWritableFolder(results);
  let record = await keptRecord(out, name);
  for (const cell of cells) {
    const { label, arm, market, marketSeed, seed, result, events, outcome } = cell;
    const config = configs.get(label);
    if (config === undefined || events === null) {
      throw new UserError(
        `Cannot trade ${label} again as its genomes must be kept: add events to keep in the grid's file, and run it again`,
      );
    }
    const real = outcome.source.kind !== "synthetic", outer = AGAIN.some((one) => one === arm);
    if (!outer && !(real && flips > 0)) continue;
    const wanted = [
      ...(outer ? VARIATIONS : [{ ...AS_RUN, placesAlone: true as const }]),
      ...(real ? Array.from({ length: flips }, (_, i) => flipOf(i + 1)) : []),
    ];
    const before = record.cells.find((one) => one.label === label && one.result === result)?.again ?? [];
    const isWhole = (one: TradedBefore) => MEASURES.every((measure) => one[measure] !== undefined);
    const missing = wanted.filter(({ name }) => {
      const known = before.find(({ variation }) => variation === name);
      return known === undefined || (outer && !isWhole(known));
    });
    if (missing.length === 0) continue;
    const panel = await loadRowsBy(config, null);
    const iterations = eventsOfType(storedEvents(files, events), "iteration");
    const again = tradeAgain({ config, panel, events: iterations }, missing, before);
    const place = { label, arm: arm!, market, marketSeed, seed, result: result! };
    const traded = new Map([...before, ...again].map((one) => [one.variation, one])); // in the order of before
    const done = { ...place, again: [...traded.values()] };
    record = { ...record, cells: [...record.cells.filter((one) => one.label !== label), done] };
    await writeFileAtomic(out, recordText(record));
    say(`${label}: ${again.length} variations`);
  }
  say(robustText(record, robustMeasure(grid.evidence ?? null), contrasts, all), out);
}

async function keptRecord(out: string, grid: string): Promise<RobustRecord> {
  return exists(out) ? await readJson(out, robustSchema) : { form: 1, grid, cells: [] };
}

/** A line a cell. */
function recordText(record: RobustRecord): string {
  return `${JSON.stringify(record).replaceAll('{"label":', '\n{"label":')}\n`;
}

function requireArms(name: string, arms: readonly (string | null)[]): void {
  const missing = AGAIN.filter((arm) => !arms.includes(arm));
  if (missing.length === 0) return;
  throw new UserError(
    `Cannot try how robust ${name} is as it must have the arms ${AGAIN.join(" and ")}: it lacks ${
      missing.join(", ")
    }`,
  );
}
