/** Trades the stored genomes, champions and committees of a run again under other terms; nobody learns. */
import { type Pipeline, pipelineKey } from "../../../agents/agent.ts";
import { type Desk, mandateOf } from "../../../agents/desk.ts";
import type { IterationEvent } from "../../../events/iteration.ts";
import { type MarketView, viewMarket } from "../../../features/market_view.ts";
import { createMemo } from "../../../core/memo.ts";
import { once } from "../../../core/once.ts";
import type { Panel } from "../../../market/panel.ts";
import { membersOf } from "../../../population/members.ts";
import { placePipelines } from "../../../population/places.ts";
import { createAccount } from "../../../simulation/account.ts";
import { runAccount } from "../../../simulation/event_loop.ts";
import { createRecord } from "../../../simulation/record.ts";
import { annualSharpe } from "../../../stats/sharpe.ts";
import type { PopulationRunConfig } from "../../config.ts";
import { deployedWindows, windowMandate } from "../../explain/windows.ts";
import { genomesOf } from "../../final_credit.ts";
import { createDesk } from "../../market.ts";
import { lastThirdFrom, populationMean } from "../../population_mean.ts";
import { planRun } from "../../run_plan.ts";
import { mirroredAgain } from "./mirrored_again.ts";
import { AS_RUN, type Variation } from "./variations.ts";

/** Annual net Sharpe ratios of a run under one variation. */
export interface TradedAgain {
  readonly variation: string;
  readonly populationMean: number;
  /** Null where the places alone were traded. */
  readonly champion: number | null;
  /** Null where the places alone were traded. */
  readonly committee: number | null;
  /** Null under terms that are not tried on it, and where the run mirrors nobody. */
  readonly mirrored: number | null;
}

/** What was traded before: of what is there, nothing is traded again. */
export type TradedBefore = Partial<TradedAgain> & Pick<TradedAgain, "variation">;

/** A run to be traded again. */
export interface StoredRun {
  readonly config: PopulationRunConfig;
  readonly panel: Panel;
  readonly events: readonly IterationEvent[];
}

/** Plans of a run are read again under each variation that leaves the fee as it is. */
const MEMO_BYTES = 2 ** 32;

/**
 * A run under each variation; those that change no bar share what agents make of them.
 *
 * @param before What is known already, by variation; its numbers are taken as they are.
 */
export function tradeAgain(
  { config: asked, panel: market, events }: StoredRun,
  variations: readonly Variation[],
  before: readonly TradedBefore[] = [],
): TradedAgain[] {
  const { config, panel, window } = planRun(asked, market);
  const shared = viewMarket(panel, createMemo(MEMO_BYTES), config.signals);
  const asRun = once(() => mirroredAgain(deskUnder(AS_RUN, config, panel, shared), config, events, null));
  return variations.map((variation) => {
    const known = before.find((one) => one.variation === variation.name);
    const desk = once(() => {
      const bars = variation.market?.(panel) ?? panel;
      return deskUnder(variation, config, bars, variation.market === undefined ? shared : null);
    });
    const own = (measure: "champion" | "committee" | "mirrored", returns: () => Float64Array | null) => {
      if (known?.[measure] !== undefined) return known[measure];
      const traded = variation.placesAlone ? null : returns();
      return traded && annualSharpe(traded.subarray(window.from));
    };
    const mirrored = () => {
      if (!variation.mirrored || config.population.mirror.rules.length === 0) return null;
      if (variation === AS_RUN) return asRun().returns;
      return mirroredAgain(desk(), config, events, asRun().decisions).returns;
    };
    return {
      variation: variation.name,
      populationMean: known?.populationMean ?? populationMean(placesAgain(desk(), events, window)),
      champion: own("champion", () => deployedReturns(desk(), events, "champion")),
      committee: own("committee", () => deployedReturns(desk(), events, "committee")),
      mirrored: own("mirrored", mirrored),
    };
  });
}

/** Returns of the places of a run over its reported rows, zeros before the last third: traded again as they were. */
export function placesOfRun({ config: asked, panel: market, events }: StoredRun): Float64Array[] {
  const { config, panel, window } = planRun(asked, market);
  return placesAgain(createDesk(panel, config, MEMO_BYTES), events, window);
}

function deskUnder(
  { costs, arena }: Variation,
  config: PopulationRunConfig,
  panel: Panel,
  shared: MarketView | null,
): Desk {
  const desk = createDesk(panel, { ...config, costs: costs?.(config.costs) ?? config.costs }, MEMO_BYTES);
  const changed = arena?.(desk.arena, panel) ?? desk.arena;
  return { ...desk, arena: changed, ...(shared === null ? {} : { market: shared }) };
}

/** Net returns of a deployed account by row; 0 before its first bar. */
function deployedReturns(
  desk: Desk,
  events: readonly IterationEvent[],
  name: "champion" | "committee",
): Float64Array {
  const { arena, startingEquity, market: { panel: { rows } } } = desk;
  const account = createAccount(arena.coins, startingEquity),
    record = createRecord(rows, startingEquity, "equity");
  for (const window of deployedWindows(events, name)) {
    const { plan, limits } = windowMandate(desk, window);
    runAccount(account, arena, plan, limits, window.from, Math.min(window.to, rows), {
      adoptTeam: window.adopts,
      record,
      trace: null,
    });
  }
  return record.returns;
}

/**
 * Returns of the places over the last third of the reported rows, with zeros before: the outcome reads that third alone, so no other genomes are
 * traded.
 */
function placesAgain(
  desk: Desk,
  events: readonly IterationEvent[],
  { from, to }: { readonly from: number; readonly to: number },
): Float64Array[] {
  const rows = to + 1 - from, third = from + lastThirdFrom(rows);
  const known = new Map<string, Float64Array>();
  const places: Float64Array[] = [];
  for (const event of events) {
    if (event.lastRow < third) continue;
    const start = event.row + 1, end = Math.min(event.lastRow, to) + 1;
    placePipelines(membersOf(genomesOf(event))).forEach((pipeline, place) => {
      const key = pipelineKey(pipeline), returns = known.get(key) ?? shadowAgain(desk, pipeline);
      known.set(key, returns);
      places[place] ??= new Float64Array(rows);
      places[place].set(returns.subarray(Math.max(start, from), end), Math.max(start, from) - from);
    });
  }
  return places;
}

/** Net returns of a pipeline's shadow account by row, from the row on which the run's shadow accounts began. */
function shadowAgain(desk: Desk, pipeline: Pipeline): Float64Array {
  const { arena, startingEquity, from, market: { panel: { rows } } } = desk;
  const { plan, limits } = mandateOf(desk, pipeline);
  const record = createRecord(rows, startingEquity, "equity");
  const options = { adoptTeam: false, record, trace: null };
  runAccount(createAccount(arena.coins, startingEquity), arena, plan, limits, from, rows, options);
  return record.returns;
}
