/** popagent validate ladder: what must hold before learning means anything, rung by rung. */
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { readGridFile } from "../../adapters/config/grid_file.ts";
import { writtenOf } from "../../adapters/config/written.ts";
import { readJson } from "../../adapters/files/json_file.ts";
import { readResult } from "../../adapters/ledger/grid_frame.ts";
import type { PlacedCell } from "../../adapters/ledger/grid_table.ts";
import { type ResultFiles, resultFiles } from "../../adapters/ledger/result_files.ts";
import { storedEvents } from "../../adapters/ledger/stored_events.ts";
import { storePlaces } from "../../adapters/ledger/store_folder.ts";
import { exists } from "../../adapters/runs/run_places.ts";
import { UserError } from "../../core/user_error.ts";
import { eventsOfType } from "../../events/event.ts";
import { populationRunConfig, settingsSchema } from "../../experiments/config.ts";
import {
  confirmedSchema,
  type Ladder,
  type LadderMarket,
  ladderSchema,
  type StoredRungs,
} from "../../experiments/evidence/ladder.ts";
import { ladderSeeds, requireLadderSeeds, seedFlags } from "../../experiments/evidence/ladder_seeds.ts";
import { leadersByRegime } from "../../experiments/evidence/leaders.ts";
import { roleCredit } from "../../experiments/evidence/role_credit.ts";
import { roleVariance } from "../../experiments/evidence/role_variance.ts";
import { createDesk, marketOf } from "../../experiments/market.ts";
import { tradeField } from "../../experiments/references/field.ts";
import { plantedOracleSeries } from "../../experiments/references/planted_oracle.ts";
import { strategyMetrics } from "../../experiments/metrics.ts";
import type { MarketOutcome } from "../../experiments/validation.ts";
import { marketRegimes } from "../../market/regimes.ts";
import type { SyntheticMode } from "../../market/synthetic/worlds.ts";
import { declaredGenomes } from "../../population/members.ts";
import { planned, runGridJob } from "../grid_command.ts";
import { keepProof, keptProof } from "../kept_markets.ts";
import { say } from "../print.ts";
import { requireNoFailure } from "./experiment_run.ts";

const FILE = fileURLToPath(new URL("../../../configs/experiments/validation/ladder.yaml", import.meta.url));
/** Strength of the edge in every world of the ladder. */
const IC = 0.1;
const MEMO_BYTES = 256 * 2 ** 20;

/** What the ladder is asked for. */
export interface LadderRequest {
  readonly marketSeeds: readonly number[];
  readonly rows: number;
  readonly workers: number;
  readonly store: string;
  readonly out: string;
  /** True to run nothing and say what is stored. */
  readonly storedOnly: boolean;
}

/** Runs what the file does not hold yet, market by market; started again it goes on. */
export async function runLadder(request: LadderRequest): Promise<Ladder> {
  const { marketSeeds, rows, out, storedOnly } = request;
  const fresh: Ladder = { rows, ic: IC, markets: [], credit: [], fields: [] };
  let ladder = await keptProof(out, ladderSchema, fresh, ({ rows, ic }) => [rows, ic]);
  if (storedOnly) {
    if (exists(out)) return ladder;
    throw new UserError(
      `Cannot say what is stored as ${out} must be there: nothing was run into it yet. Run deno task popagent validate ` +
        `ladder ${seedFlags(ladderSeeds(ladder))}, or name a file by --out`,
    );
  }
  requireLadderSeeds(ladder, marketSeeds, out);
  for (const seed of marketSeeds) {
    if (!ladder.credit.some(({ marketSeed }) => marketSeed === seed)) {
      ladder = { ...ladder, credit: bySeed([...ladder.credit, await roleCredit(seed, rows, IC)]) };
      await keepProof(out, ladder);
      say(`market ${seed}: credit of roles`);
    }
  }
  for (const seed of marketSeeds) {
    if (!ladder.fields.some(({ marketSeed }) => marketSeed === seed)) {
      ladder = { ...ladder, fields: bySeed([...ladder.fields, fieldOf(seed, rows)]) };
      await keepProof(out, ladder);
      say(`market ${seed}: what moves the declared pipelines`);
    }
  }
  const missing = marketSeeds.filter((seed) => !ladder.markets.some(({ marketSeed }) => marketSeed === seed));
  if (missing.length === 0) return ladder;
  const markets = await runPopulations({ ...request, marketSeeds: missing });
  ladder = { ...ladder, markets: bySeed([...ladder.markets, ...markets]) };
  await keepProof(out, ladder);
  return ladder;
}

function bySeed<Market extends { readonly marketSeed: number }>(markets: readonly Market[]): Market[] {
  return markets.toSorted((a, b) => a.marketSeed - b.marketSeed);
}

/** The configuration of a world of the ladder. */
function worldConfig(mode: SyntheticMode, seed: number, rows: number) {
  return populationRunConfig(
    settingsSchema.parse({ data: { source: "synthetic" }, market: { mode, ic: IC, rows, seed } }),
  );
}

/** Shares of variance among the declared pipelines of a planted market, in annual net Sharpe ratios. */
function fieldOf(marketSeed: number, rows: number): Ladder["fields"][number] {
  const config = worldConfig("planted", marketSeed, rows), { size } = config.population;
  const desk = createDesk(marketOf(config).panel, config, MEMO_BYTES);
  const { metrics } = tradeField(desk, declaredGenomes(size), config.clock.firstDecision + 1, () => {});
  return { marketSeed, ...roleVariance(metrics.map(({ sharpe }) => sharpe), size) };
}

/** The populations of the four worlds, as cells of a grid. */
async function runPopulations(
  { marketSeeds, rows, workers, store }: LadderRequest,
): Promise<LadderMarket[]> {
  const grid = await readGridFile(FILE, [
    { path: ["market", "rows"], value: writtenOf(rows, { kind: "flag", flag: "--rows" }) },
  ]);
  const seeded = { ...grid, markets: grid.markets.map((market) => ({ ...market, marketSeeds })) };
  const plan = await planned(seeded);
  const end = await runGridJob({
    plan,
    file: FILE,
    store,
    workers,
    mine: plan.cells,
    reproduction: () => `deno task popagent validate ${Deno.args.slice(1).join(" ")}`,
  });
  requireNoFailure(end.run.failed.length);
  const results = resultFiles(storePlaces(store).results);
  return marketSeeds.flatMap((seed) => {
    const own = end.cells.filter(({ marketSeed }) => marketSeed === seed);
    return own.some(({ state }) => state !== "done") ? [] : [ladderMarket(seed, rows, own, results)];
  });
}

function ladderMarket(
  marketSeed: number,
  rows: number,
  cells: readonly PlacedCell[],
  results: ResultFiles,
): LadderMarket {
  const of = (name: string) => cells.find(({ market }) => market === name)!;
  const meanOf = (name: string) => readResult(results, of(name).result!).populationMean!;
  const leaders = (name: string, mode: SyntheticMode) => {
    const { panel } = marketOf(worldConfig(mode, marketSeed, rows));
    return leadersByRegime(
      eventsOfType(storedEvents(results, of(name).events!), "iteration"),
      marketRegimes(panel).trend,
    );
  };
  const config = worldConfig("unreadable", marketSeed, rows);
  const desk = createDesk(marketOf(config).panel, config, MEMO_BYTES);
  const oracle = plantedOracleSeries(desk, config.clock.firstDecision + 1)!;
  return {
    marketSeed,
    populationMean: { unreadable: meanOf("unreadable"), twin: meanOf("unreadableTwin") },
    oracle: strategyMetrics(oracle).sharpe,
    specialisation: { niches: leaders("niches", "planted"), oneRegime: leaders("oneRegime", "one-regime") },
  };
}

const outcomesSchema = z.object({ rows: z.int(), outcomes: z.array(z.looseObject({})) });

/** What `validate null` and `validate planted` left in the folder of results. */
export async function storedRungs(folder: string): Promise<StoredRungs> {
  const of = async (name: string) => {
    const file = `${folder}/${name}.json`;
    if (!exists(file)) return null;
    const { rows, outcomes } = await readJson(file, outcomesSchema);
    return { rows, outcomes: outcomes as unknown as readonly MarketOutcome[] };
  };
  const confirmation = `${folder}/mirror_confirm.json`;
  return {
    nullMarkets: (await of("null_second") ?? await of("null"))?.outcomes ?? null,
    plantedMarkets: await of("planted"),
    confirmed: exists(confirmation) ? await readJson(confirmation, confirmedSchema) : null,
  };
}
