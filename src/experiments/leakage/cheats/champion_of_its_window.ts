import { pipelineOf } from "../../../agents/agent.ts";
import { limitsOf, planOf } from "../../../agents/desk.ts";
import { type PopulationLearner, populationLearner } from "../../learners/population.ts";
import { eventsOfType } from "../../../events/event.ts";
import { decisionRow, lastTradedRow } from "../../../population/config.ts";
import { tradeRows } from "../../../simulation/trade_rows.ts";
import { startState } from "../../../population/state.ts";
import type { RunContext } from "../../../population/decide.ts";
import { step } from "../../../population/step.ts";
import { type MakeLearner, populationOutputs } from "../run_outputs.ts";
import type { PlantedCheat } from "./planted_cheat.ts";
import { probedConfig } from "../probed_config.ts";

/**
 * A population that settles who trades rows t_k+1 .. t_k+step with the scores of row t_k+step, and so trades
 * the window with the champion of that window. Everything else is the real step.
 */
function championOfItsWindow(context: RunContext): PopulationLearner {
  const { desk, config, clock, seed } = context;
  const honest = populationLearner("population", context);
  return {
    ...honest,
    next: (state, proposals) => {
      const onTime = honest.next(state, proposals);
      const row = decisionRow(state.k, clock);
      const lastRow = lastTradedRow(row, clock, desk.market.panel.rows);
      const late = step({
        ...state,
        accounts: startState(config, seed, desk.arena.coins, desk.startingEquity).accounts,
      }, {
        ...context,
        clock: { ...clock, firstDecision: lastRow - clock.stepRows * state.k },
      });
      const champion = pipelineOf(late.state.champion!);
      const mandate = { plan: planOf(desk, champion), limits: limitsOf(desk, champion) };
      const rows = { from: row + 1, to: lastRow + 1 };
      const [account, bars] = tradeRows(desk.arena, state.accounts.champion, mandate, rows, true);
      return {
        state: {
          ...onTime.state,
          champion: late.state.champion,
          accounts: { ...onTime.state.accounts, champion: account },
        },
        events: eventsOfType(onTime.events, "iteration").map((event) => ({
          ...event,
          champion: late.event.champion,
          championScore: late.event.championScore,
        })),
        bars: { ...onTime.bars, champion: bars },
      };
    },
  };
}

const config = probedConfig({
  seed: 16,
  clock: { firstDecision: 431 },
  population: { size: 3, transferEvery: 2, committeeShare: 3 / 81 },
});

/** First decision at row 431; three of them. */
const run = (makeLearner?: MakeLearner): PlantedCheat["cheat"] => (panel, t) =>
  populationOutputs(panel, t, config, 3, makeLearner);

/** CHEAT: the champion is scored on the window it trades. Honest: on the rows before it. */
export const championOfTheWindow: PlantedCheat = { cheat: run(championOfItsWindow), honest: run() };
