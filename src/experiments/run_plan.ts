import { type Panel, truncatePanel } from "../market/panel.ts";
import { decisionRow, iterationsIn } from "../population/config.ts";
import type { TradingConfig } from "./config.ts";
import { GROSS_TEST_LAG } from "./metrics.ts";
import { readSettings } from "./read_settings.ts";

/** Iterations of a run, and its first and last reported row. */
export interface RunWindow {
  readonly iterations: number;
  readonly from: number;
  readonly to: number;
  /** Traded rows before the first reported one: history. */
  readonly history: number;
}

/** A run resolved: the settings that it reads, the rows it reads it on, and which of them it reports. */
export interface RunPlan<Config extends TradingConfig = TradingConfig> {
  /** In one form: what the run does not read stands at its default. */
  readonly config: Config;
  /** All rows, or up to the end of the last iteration. Cut here, nothing later can be read. */
  readonly panel: Panel;
  readonly window: RunWindow;
}

/** Rows below which a strategy's metrics cannot be computed: the test of its mean looks back over as many. */
const LEAST_REPORTED = GROSS_TEST_LAG + 1;

/**
 * Resolves a run on a market.
 *
 * @throws {RangeError} If the rows are too few, or fewer than the iterations or the first reported row asked for.
 */
export function planRun<Config extends TradingConfig>(config: Config, market: Panel): RunPlan<Config> {
  const window = runWindow(market.rows, config, firstSealed(market));
  const rows = window.to + 1;
  const panel = rows === market.rows ? market : truncatePanel(market, rows);
  return { config: readSettings(config, panel, window.iterations), panel, window };
}

/** First sealed row where sealed rows were opened, else 0: what was opened is reported alone. */
function firstSealed({ rows, source }: Panel): number {
  return source.kind === "bybit" && source.unsealed ? rows - source.sealedRows : 0;
}

function runWindow(rows: number, { clock, iterations: asked }: TradingConfig, sealed: number): RunWindow {
  const most = iterationsIn(rows, clock);
  const first = clock.firstDecision + 1;
  if (most < 1) {
    throw new RangeError(
      `Cannot run as the market must have more than ${first} rows: current value is ${rows}`,
    );
  }
  if (asked !== null && asked > most) {
    throw new RangeError(
      `Cannot run as iterations must be at most ${most} on ${rows} rows: current value is ${asked}`,
    );
  }
  const iterations = asked ?? most;
  const to = Math.min(decisionRow(iterations, clock), rows - 1);
  const asIsSet = clock.reportFrom ?? first;
  // a run that ends before there are enough sealed rows has nothing of them to report
  const from = to - sealed + 1 >= LEAST_REPORTED ? Math.max(asIsSet, sealed) : asIsSet;
  if (!(from >= first && to - from + 1 >= LEAST_REPORTED)) {
    throw new RangeError(
      `Cannot run as at least ${LEAST_REPORTED} rows must be reported, from one of ${first}..${to} on: ` +
        `current value is ${from}`,
    );
  }
  return { iterations, from, to, history: from - first };
}
