import { outputOf } from "../../agents/desk.ts";
import { joinTables, type NumberTable } from "../../core/number_table.ts";
import { rng } from "../../core/rng.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import type { Proposals } from "../../inventory/trader/proposal.ts";
import type { RunContext } from "../../population/decide.ts";
import { drawPipelines } from "../../population/design.ts";
import { membersOf, teamOf, teamPipeline } from "../../population/members.ts";
import { genomesOf } from "../final_credit.ts";
import { agentReturns } from "./agent_returns.ts";
import { forecastRows } from "./forecast_rows.ts";

/**
 * What an iteration shows of its agents out of sample, that is on the rows after the one at which their genomes were
 * settled: `agents`, what the drawn teams that hold each agent earned in rows t_k+1 .. lastRow; `forecasts`, what each
 * researcher said at rows t_k .. lastRow behind the champion's analyst, and what came.
 */
export function readIteration(
  { desk: bare, config, seed }: RunContext,
  event: IterationEvent,
  proposals: Proposals,
): Readonly<Record<string, NumberTable>> {
  const desk = { ...bare, proposals };
  const members = membersOf(genomesOf(event));
  const draws = drawPipelines(config.draw, config.size, rng("design", seed, event.k));
  const champion = teamPipeline(members, event.champion);
  const closes = desk.market.panel.coins.map(({ close }) => close);
  const coins = desk.tradable.flatMap((tradable, coin) => tradable ? [coin] : []);
  return {
    agents: agentReturns(desk, members, draws.map(teamOf), { from: event.row + 1, to: event.lastRow + 1 }),
    forecasts: joinTables(
      members.researcher.map((researcher, place) =>
        forecastRows(outputOf(desk, { ...champion, researcher }, "researcher"), closes, place, {
          from: event.row,
          to: event.lastRow,
          coins,
        })
      ),
    ),
  };
}
