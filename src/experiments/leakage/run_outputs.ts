import { pipelineOf } from "../../agents/agent.ts";
import { type Desk, limitsOf, planOf } from "../../agents/desk.ts";
import type { Memo } from "../../core/memo.ts";
import type { PopulationRunConfig } from "../config.ts";
import { eventsOfType } from "../../events/event.ts";
import { type PopulationLearner, populationLearner } from "../learners/population.ts";
import { createDesk } from "../market.ts";
import { advance } from "../prequential.ts";
import { DECLARED_COINS } from "../../core/universe.ts";
import type { Panel } from "../../market/panel.ts";
import type { Mandate } from "../../simulation/mandate.ts";
import { committeeMandate } from "../../population/committee.ts";
import { decisionRow } from "../../population/config.ts";
import { BAR_BOOK_COLUMNS, type BarBook, joinBooks } from "../../simulation/bar_book.ts";
import { joinPlaces } from "../../population/places.ts";
import type { DeployedAccount, PopulationState } from "../../population/state.ts";
import type { RunContext } from "../../population/decide.ts";
import { LIMITS_WIDTH } from "../../simulation/limits.ts";
import { PLAN_WIDTH } from "../../simulation/plan.ts";
import type { Outputs, RowRecord, RowSeries } from "./probe.ts";

const MEMO_BYTES = 256 * 2 ** 20;
const PLAN_ROW = DECLARED_COINS.length * PLAN_WIDTH;

/** A desk with memos of its own, or the one given for all. */
export function deskOf(panel: Panel, config: PopulationRunConfig, memo?: Memo): Desk {
  const desk = createDesk(panel, config, MEMO_BYTES);
  return memo ? { ...desk, market: { ...desk.market, memo } } : desk;
}

/** Makes a learner of a context; the honest one is the population's. */
export type MakeLearner = (context: RunContext) => PopulationLearner;
const honest: MakeLearner = (context) => populationLearner("population", context);

/**
 * A population's run, up to the last decision that row `t` and the panel allow, as outputs by row: each
 * iteration's event, genomes, champion and committee at its decision row; both accounts, whole, at the row
 * where their window ends; both accounts' bars; what each place earned; and the plans and limits under which the
 * accounts traded.
 */
export async function populationOutputs(
  panel: Panel,
  t: number,
  config: PopulationRunConfig,
  iterations: number,
  makeLearner: MakeLearner = honest,
): Promise<Outputs> {
  const desk = deskOf(panel, config);
  const { clock } = config;
  const context: RunContext = { desk, config: config.population, clock, seed: config.seed, iterations };
  const learner = makeLearner(context);
  let state = learner.start();
  const books: Record<DeployedAccount, BarBook>[] = [];
  const stretches: (readonly Float64Array[])[] = [];
  const records: RowRecord[] = [];
  const orders: { champion: Mandate; committee: Mandate; from: number; to: number }[] = [];
  for (let k = 0; k < iterations && decisionRow(k, clock) <= Math.min(t, panel.rows - 1); k++) {
    const { state: next, events, bars, places = [] } = await advance(learner, state);
    state = next;
    books.push(bars);
    stretches.push(places);
    const [event] = eventsOfType(events, "iteration");
    const { equity, lastRow, ...decided } = event!;
    const { row } = event!;
    records.push(
      { name: "event", row, value: decided },
      { name: "genomes", row, value: state.genomes },
      { name: "champion", row, value: state.champion },
      { name: "committee", row, value: state.committee },
    );
    if (lastRow === row + clock.stepRows) { // a window that the panel cuts short has not ended
      records.push({ name: "equity", row: lastRow, value: equity }, {
        name: "accounts",
        row: lastRow,
        value: state.accounts,
      }, { name: "state", row: lastRow, value: state }); // everything that the next iteration starts from
    }
    orders.push({ ...mandates(desk, state, row, lastRow), from: row, to: lastRow });
  }
  const from = clock.firstDecision + 1;
  const bars = learner.accounts.flatMap((account) =>
    BAR_BOOK_COLUMNS.map((name): RowSeries => ({
      name: `${account} ${name}`,
      values: joinBooks(books.map((bars) => bars[account]))[name],
      from,
    }))
  );
  const places = joinPlaces(stretches).map((values, i): RowSeries => ({
    name: `place ${i + 1}`,
    values,
    from,
  }));
  return { series: [...bars, ...places, ...orderSeries(orders, clock.firstDecision)], records };
}

/** What the two deployed accounts trade by in the window after `row`. */
function mandates(desk: Desk, state: PopulationState, row: number, lastRow: number) {
  const champion = pipelineOf(state.champion!);
  return {
    champion: { plan: planOf(desk, champion), limits: limitsOf(desk, champion) },
    committee: committeeMandate(desk, state.committee.map(pipelineOf), row, lastRow),
  };
}

/** The rows of plans and limits that orders came from, window after window: decisions at rows t_k .. lastRow-1. */
function orderSeries(
  windows: readonly { champion: Mandate; committee: Mandate; from: number; to: number }[],
  firstDecision: number,
): RowSeries[] {
  const last = windows.length - 1;
  return (["champion", "committee"] as const).flatMap((account) => {
    const rows = (width: number, block: (mandate: Mandate) => Float64Array) =>
      Float64Array.from(windows.flatMap((window, k) => [
        // The last window's end decides too: nobody follows.
        ...block(window[account]).subarray(window.from * width, (window.to + (k === last ? 1 : 0)) * width),
      ]));
    return [
      {
        name: `${account} plan`,
        values: rows(PLAN_ROW, ({ plan }) => plan.values),
        width: PLAN_ROW,
        from: firstDecision,
      },
      {
        name: `${account} limits`,
        values: rows(LIMITS_WIDTH, ({ limits }) => limits.values),
        width: LIMITS_WIDTH,
        from: firstDecision,
      },
    ];
  });
}
