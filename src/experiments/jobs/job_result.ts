import type { RecordedEvent } from "../../events/event.ts";
import type { ThoughtEvent } from "../../events/thought.ts";
import { columnsOfTables, tablesFromColumns } from "../../core/number_table.ts";
import type { Proposals } from "../../inventory/trader/proposal.ts";
import type { BookColumns } from "../../simulation/bar_book.ts";
import { barsFromColumns, columnsOfBars } from "../../simulation/traded_bars.ts";
import type { AccountSeries } from "../account_series.ts";
import { strictJson } from "../../core/strict_json.ts";
import type { Readings } from "../readings/readings.ts";
import type { PopulationPlaces } from "../population_mean.ts";
import type { AgentCredit, FieldSelection, RiskAgentReport, StrategyMetrics } from "../result.ts";

/** What one strategy did: its account over the reported rows (none for a mean over many accounts) and its metrics. */
export interface StrategyOutcome {
  readonly name: string;
  readonly series: AccountSeries | null;
  /** Accounts whose mean it is; 1 for an account of its own. */
  readonly accounts: number;
  readonly metrics: StrategyMetrics;
}

/** What a job gives back: plain data, numbers and typed arrays. */
export interface JobResult {
  readonly strategies: readonly StrategyOutcome[];
  /** What the population left; empty for other jobs. */
  readonly events: readonly RecordedEvent[];
  /** What the population was told from outside; empty for other jobs. */
  readonly proposals: Proposals;
  /** What language models were asked for references alone; left out where nothing was. */
  readonly aside?: readonly ThoughtEvent[];
  /** The places of the population that the job followed; null for other jobs. */
  readonly population: PopulationPlaces | null;
  /** Sharpe ratios of the field, ascending, what its best is worth, and its drawdowns; null for other jobs. */
  readonly field: {
    readonly sharpes: readonly number[];
    readonly selection: FieldSelection;
    readonly riskAgents: readonly RiskAgentReport[];
  } | null;
  /** Credit of the population's agents at the last decision; empty for other jobs. */
  readonly finalCredit: readonly AgentCredit[];
  /** What was read off of the population's agents; null for other jobs. */
  readonly readings: Readings | null;
}

/** A result as JSON text, for whatever carries it between machines. @throws {RangeError} If a number is not finite. */
export function jobResultJson({ strategies, readings, population, ...rest }: JobResult): string {
  return strictJson({
    ...rest,
    readings: readings && { ...readings, tables: columnsOfTables(readings.tables) },
    population: population && { ...population, places: population.places.map((one) => Array.from(one)) },
    strategies: strategies.map(({ series, ...outcome }) => ({
      ...outcome,
      series: series && {
        startingEquity: series.startingEquity,
        accounts: series.accounts,
        bars: columnsOfBars(series),
      },
    })),
  });
}

/** The result that `jobResultJson` wrote. */
export function jobResultOf(json: string): JobResult {
  const { strategies, readings, population, ...rest } = JSON.parse(json) as
    & Omit<JobResult, "strategies" | "readings">
    & {
      readonly readings:
        | Omit<Readings, "tables"> & { readonly tables: ReturnType<typeof columnsOfTables> }
        | null;
      readonly strategies: readonly (Omit<StrategyOutcome, "series"> & {
        readonly series:
          | Pick<AccountSeries, "startingEquity" | "accounts"> & {
            readonly bars: BookColumns;
          }
          | null;
      })[];
    };
  return {
    ...rest,
    readings: readings && { ...readings, tables: tablesFromColumns(readings.tables) },
    population: population &&
      { ...population, places: population.places.map((one) => Float64Array.from(one)) },
    strategies: strategies.map(({ series, ...outcome }) => {
      if (!series) return { ...outcome, series };
      const { bars, ...account } = series;
      return { ...outcome, series: { ...account, ...barsFromColumns(bars) } };
    }),
  };
}
