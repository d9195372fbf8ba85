/** Why a stored run did what it did at one time: its market and its agents, made anew from what is stored. */
import type { Desk } from "../../agents/desk.ts";
import { formatTime } from "../../core/time.ts";
import { BAR_MS, type Coin } from "../../core/universe.ts";
import { UserError } from "../../core/user_error.ts";
import { eventsOfType, type RecordedEvent } from "../../events/event.ts";
import type { ThoughtEvent } from "../../events/thought.ts";
import { chargesOf, withAnswers } from "../../population/thoughts.ts";
import { coinIndex, type Panel } from "../../market/panel.ts";
import {
  currentSettingsSchema,
  pipelineRunConfig,
  type PopulationRunConfig,
  populationRunConfig,
  type TradingConfig,
} from "../config.ts";
import { createDesk } from "../market.ts";
import type { RunResult, RunSeries } from "../result.ts";
import { planRun } from "../run_plan.ts";
import { explainBar, type Explanation } from "./explain_bar.ts";
import { replayTo } from "./replay.ts";
import { playsLanguage } from "../language/plays.ts";
import {
  EXPLAINED,
  EXPLAINED_WHERE_ASKED,
  pipelineWindows,
  populationChains,
  requireChain,
} from "./chains.ts";
import type { TeamWindow } from "./windows.ts";

/** What is read of a stored run. */
export interface ExplainedRun {
  /** What it was and what it came to. */
  readonly result: RunResult;
  /** What happened in it. */
  readonly events: readonly RecordedEvent[];
  /** Its series. */
  readonly series: RunSeries;
}

/**
 * The account that is explained: the headline's; of a population whose headline has no agents of its own, as a mirrored
 * committee, the champion's.
 */
export function explainedAccount(
  result: Pick<RunResult, "command" | "strategies" | "config" | "headline">,
): string {
  const { command, headline } = result;
  if (explainedStrategies(result).includes(headline)) return headline;
  return command === "population" ? "champion" : "pipeline";
}

/** The configuration of a stored run, from which its market is loaded. */
export function storedConfig({ command, config }: Pick<RunResult, "command" | "config">): TradingConfig {
  const settings = currentSettingsSchema().parse(config);
  return command === "population" ? populationRunConfig(settings) : pipelineRunConfig(settings);
}

/** The strategies of a run that can be explained: agents stand behind their accounts. */
export function explainedStrategies(
  { command, strategies, config }: Pick<RunResult, "command" | "strategies" | "config">,
): string[] {
  const asks = command === "population" && playsLanguage((config as PopulationRunConfig).population);
  const explained = command === "population" ? (asks ? EXPLAINED_WHERE_ASKED : EXPLAINED) : ["pipeline"];
  return explained.filter((name) => strategies.some((one) => one.name === name));
}

/**
 * Explains the bar that holds an instant.
 *
 * @param market The market that the run's configuration names, loaded anew.
 * @param time ms UTC.
 * @param strategy Whose account: one of `explainedStrategies`. What the run did not record, as the single agent's
 *   genomes, is learned again up to the bar, which may take a part of the time that the run took.
 * @throws {UserError} If the market or the account is not what the run had, the bar was not traded, or no agents
 *   stand behind the strategy.
 */
export function explainRun(
  { result, events, series }: ExplainedRun,
  market: Panel,
  time: number,
  coin: Coin,
  memoBytes: number,
  strategy: string = explainedAccount(result),
): Explanation {
  requireInTime(result);
  requireChain(
    strategy,
    result.strategies.some(({ name }) => name === strategy),
    explainedStrategies(result),
  );
  const { panel, chains } = plannedRun({ result, events }, market);
  const index = coinIndex(panel, coin);
  if (index < 0) {
    throw new UserError(
      `Cannot explain ${coin} as the run must have looked at it: its coins are ${
        panel.coins.map((bars) => bars.coin).join(", ")
      }`,
    );
  }
  const row = (Math.floor(time / BAR_MS) * BAR_MS - panel.openTime[0]!) / BAR_MS;
  const { from, to } = result.reported;
  if (row < from || row > to) {
    const span = `${formatTime(result.reported.start)} to ${formatTime(result.reported.end)} UTC`;
    throw new UserError(
      `Cannot explain ${formatTime(time)} UTC as the run must have reported it: its bars open from ${span}`,
    );
  }
  const { desk, candidates } = chains(strategy, row, memoBytes);
  const thoughts = eventsOfType(events, "thought");
  const stored = { series, name: strategy, reportedFrom: from };
  const bar = replayTo(desk, candidates, row, stored, chargesOf(thoughts));
  return {
    ...explainBar(desk, bar, strategy, row, index),
    thoughts: thoughtsBehind(thoughts, coin, row - 1),
    ...(strategy === "champion" ? lastDistillation(events, row - 1) : {}),
  };
}

function lastDistillation(events: readonly RecordedEvent[], row: number): Pick<Explanation, "distillation"> {
  const distillation = eventsOfType(events, "distillation").findLast((one) => one.row <= row);
  return distillation === undefined ? {} : { distillation };
}

/** The last thought of each prompt about a coin up to a row: what its answers rest on. */
function thoughtsBehind(thoughts: readonly ThoughtEvent[], coin: Coin, row: number): readonly ThoughtEvent[] {
  const own = thoughts.filter((one) => one.coin === coin && one.row <= row);
  return [...new Map(own.map((one) => [one.prompt, one])).values()];
}

/** The rows that a run read, of the market that its configuration names. @throws {UserError} If they are others. */
export function runMarket(run: Pick<ExplainedRun, "result" | "events">, market: Panel): Panel {
  return plannedRun(run, market).panel;
}

/** A run resolved once more: its rows, and who may have traded when for a strategy, with the desk they trade at. */
interface PlannedRun {
  readonly panel: Panel;
  readonly chains: (
    strategy: string,
    row: number,
    memoBytes: number,
  ) => { readonly desk: Desk; readonly candidates: readonly (readonly TeamWindow[])[] };
}

function plannedRun({ result, events }: Pick<ExplainedRun, "result" | "events">, market: Panel): PlannedRun {
  const settings = currentSettingsSchema().parse(result.config);
  const make = (): PlannedRun => {
    if (result.command === "population") {
      const plan = planRun(populationRunConfig(settings), market);
      return {
        panel: plan.panel,
        chains: (strategy, row, memoBytes) => {
          const { validRows } = plan.config.population.language;
          const proposals = withAnswers({}, eventsOfType(events, "thought"), validRows);
          const desk = { ...createDesk(plan.panel, plan.config, memoBytes), proposals };
          return { desk, candidates: populationChains(strategy, { plan, desk, events, row }) };
        },
      };
    }
    const plan = planRun(pipelineRunConfig(settings), market);
    return {
      panel: plan.panel,
      chains: (_strategy, _row, memoBytes) => ({
        desk: createDesk(plan.panel, plan.config, memoBytes),
        candidates: [pipelineWindows(plan)],
      }),
    };
  };
  const rule = "as its market must have the rows that it had";
  let made: PlannedRun;
  try {
    made = make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(`Cannot look into this run ${rule}. ${error.message}`, { cause: error });
  }
  if (made.panel.hash === result.rowsHash) return made;
  throw new UserError(
    `Cannot look into this run ${rule}: they have the hash ${made.panel.hash.slice(0, 16)}, and it had ${
      result.rowsHash.slice(0, 16)
    }. Its bars were changed or are elsewhere (--data), or the program makes others from the same settings now.`,
  );
}

/** What stands beside a bar is of the close before it, which a late order knew nothing of. @throws {UserError} If orders came late. */
function requireInTime(result: RunResult): void {
  const { orderDelay } = storedConfig(result).account;
  if (orderDelay === 0) return;
  throw new UserError(
    `Cannot explain this run as its orders must have met the next open: account.orderDelay is ${orderDelay}. Explain a ` +
      "run whose orders came in time.",
  );
}
