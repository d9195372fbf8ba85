/** A finished grid of a store as evidence. */
import type { DatabaseSync } from "node:sqlite";
import { UserError } from "../../core/user_error.ts";
import { totalChanges } from "../../events/change_counts.ts";
import type { EvidenceCell } from "../../experiments/evidence/evidence_cell.ts";
import { type EvidenceRecord, sealedCell } from "../../experiments/evidence/evidence_record.ts";
import { costCurve, type PiecedAccount, piecesOf } from "../../experiments/evidence/pieces.ts";
import { registrationOf } from "../../experiments/evidence/registration.ts";
import type { PopulationRunConfig } from "../../experiments/config.ts";
import type { Grid } from "../../experiments/grid/grid.ts";
import { cellsOf } from "../../experiments/grid/grid.ts";
import type { RunResult } from "../../experiments/result.ts";
import type { Panel } from "../../market/panel.ts";
import { type MarketRegimes, marketRegimes } from "../../market/regimes.ts";
import { loadRowsBy, type OpeningUsed } from "../bars/load_market.ts";
import { gridCells } from "../ledger/grid_frame.ts";
import { gridHash, gridNamed, type PlacedCell } from "../ledger/grid_table.ts";
import { openLedgerToRead } from "../ledger/ledger_file.ts";
import { type ResultFiles, resultFiles } from "../ledger/result_files.ts";
import { storePlaces } from "../ledger/store_folder.ts";
import { countTrials } from "../ledger/trial_table.ts";
import { readParquetSeries } from "../runs/parquet_series.ts";
import { frozenRegistration } from "./registrations.ts";
import { weeksOf } from "./weeks_of.ts";

/** Where things are. */
export interface CollectPlaces {
  /** Folder of the ledger and of results. */
  readonly store: string;
  /** Folder of registrations. */
  readonly results: string;
  /** Log of openings. */
  readonly log: string;
}

/** The bars of the market of one seed. */
interface PlaceBars {
  readonly place: string;
  readonly panel: Panel;
  readonly regimes: MarketRegimes;
}

/**
 * The newest start of a grid as evidence.
 *
 * @param onCell Told how many cells are read.
 * @throws {UserError} If a cell is not done, or what it left is gone or changed.
 */
export async function collectRuns(
  grid: Grid,
  { store, results, log }: CollectPlaces,
  onCell: (done: number, total: number) => void = () => {},
): Promise<EvidenceRecord> {
  const cells = gridCells(grid.name, { store });
  const registration = registrationOf(grid);
  const files = resultFiles(storePlaces(store).results);
  using db = openLedgerToRead(storePlaces(store).ledger)!;
  const configs = new Map(cellsOf(grid).map((cell) => [cell.label, cell.config]));
  let kept = null as PlaceBars | null;
  const sealed: EvidenceRecord["cells"] = [];
  for (const cell of cells) {
    const config = configs.get(cell.label);
    if (!config) {
      throw new UserError(
        `Cannot read ${grid.name} as its file must hold the cells that were run: ${cell.label} is none of them. Run it again`,
      );
    }
    const place = `${cell.market}.${cell.marketSeed}`;
    if (kept?.place !== place) {
      const panel = await loadRowsBy(config, openingIn(cell.outcome, log));
      kept = { place, panel, regimes: marketRegimes(panel) };
    }
    const found = await evidenceCell(cell, registration.evidence.describe, kept.regimes, files);
    const weeks = await weeksOf(cell, config, kept.panel, store);
    sealed.push(sealedCell(weeks === null ? found : { ...found, weeks }));
    onCell(sealed.length, cells.length);
  }
  return {
    form: 1,
    grid: grid.name,
    gridHash: gridHash(cells)!,
    code: gridNamed(db, grid.name).code,
    registered: await frozenRegistration(results, grid.name),
    firstStart: firstStartOf(db, grid.name),
    registration,
    arms: Object.fromEntries(grid.markets[0]!.arms.map(({ name, config }) => [name, ownSettings(config)])),
    trials: countTrials(db),
    source: sourceOf(cells.map(({ outcome }) => outcome.source.kind === "synthetic")),
    provisional: registration.evidence.provisional,
    openings: [...new Set(cells.flatMap(({ outcome: { source } }) => source.opening ?? []))],
    cells: sealed,
  };
}

async function evidenceCell(
  cell: PlacedCell & { readonly outcome: RunResult },
  described: readonly string[],
  regimes: MarketRegimes,
  files: ResultFiles,
): Promise<EvidenceCell> {
  const { label, arm, market, marketSeed, seed, key, outcome } = cell;
  const { strategies, populationMean, otherPopulationMeans, changes } = outcome;
  const accounts = cell.series === null
    ? {}
    : await accountsOf(cell.series, outcome, described, regimes, files);
  const all = changes && totalChanges(changes);
  return {
    label,
    arm,
    market,
    marketSeed,
    seed,
    key,
    rowsHash: outcome.rowsHash,
    result: cell.result!,
    series: cell.series,
    measures: Object.fromEntries([
      ...(populationMean === null ? [] : [["populationMean", populationMean]]),
      ...Object.entries(otherPopulationMeans).map(([name, value]) => [`${name}Mean`, value]),
      ...strategies.map(({ name, metrics }) => [name, metrics.sharpe]),
    ]),
    costs: Object.fromEntries(Object.entries(accounts).map(([name, account]) => [name, costCurve(account)])),
    pieces: Object.fromEntries(Object.entries(accounts).map(([name, account]) => [name, piecesOf(account)])),
    selection: outcome.field,
    changes: all && {
      lessons: all.transfers.taken,
      mutants: all.mutations.kept + all.mutations.untested,
      fired: all.mutations.fired,
    },
  };
}

/** The accounts of the described strategies that a cell's series hold, with the regimes of its market. */
async function accountsOf(
  series: string,
  { strategies, reported: { from } }: RunResult,
  described: readonly string[],
  { trend, volatility }: MarketRegimes,
  files: ResultFiles,
): Promise<Record<string, PiecedAccount>> {
  files.read(series, "parquet"); // its bytes are those that were written
  const { openTime, accounts } = await readParquetSeries(files.path(series, "parquet"));
  const known = (labels: Int8Array) => labels.subarray(from - 1, from - 1 + openTime.length); // at the close before
  return Object.fromEntries(strategies.flatMap(({ name, startingEquity }) => {
    const account = accounts[name];
    if (!described.includes(name) || !account || startingEquity === null) return [];
    const { book, coinProfit } = account;
    const own: PiecedAccount = {
      account: { ...book, startingEquity },
      coinProfit,
      openTime,
      trend: known(trend),
      volatility: known(volatility),
    };
    return [[name, own]];
  }));
}

/** What bars cells were made from, by whether those of each are synthetic. */
function sourceOf(synthetic: readonly boolean[]): EvidenceRecord["source"] {
  if (synthetic.every((is) => is)) return "synthetic";
  return synthetic.some((is) => is) ? "synthetic and real" : "real";
}

/** The opening by which a cell was run; its rows are seen by it once more. */
function openingIn({ source }: RunResult, log: string): OpeningUsed | null {
  return source.opening === undefined ? null : { id: source.opening, log };
}

/** Settings that arms may differ in. */
function ownSettings({ market: _m, data: _d, universe: _u, seed: _s, ...own }: PopulationRunConfig) {
  return own;
}

/** When the first cell of a grid was started; null where the ledger does not know. */
function firstStartOf(db: DatabaseSync, name: string): string | null {
  const { id } = gridNamed(db, name);
  const row = db.prepare(
    "SELECT min(started_at) AS first FROM attempts WHERE cell IN (SELECT cell FROM places WHERE grid = ?)",
  ).get(id);
  return (row?.first as string | null) ?? null;
}
