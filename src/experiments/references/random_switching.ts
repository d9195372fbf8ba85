import type { Desk } from "../../agents/desk.ts";
import { mandateOf } from "../../agents/desk.ts";
import { pipelineOf } from "../../agents/agent.ts";
import { rng } from "../../core/rng.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import { tradeRows } from "../../simulation/trade_rows.ts";
import { joinBars, type TradedBars } from "../../simulation/traded_bars.ts";
import { byRole } from "../../genome/role.ts";
import { createAccount, writeAccount } from "../../simulation/account.ts";
import { annualSharpe } from "../../stats/sharpe.ts";
import { type AccountSeries, barReturns, seriesOfDeployed } from "../account_series.ts";

/** Streams of random teams; the median one is reported. */
const STREAMS = 20;

/**
 * Placebo for the champion rule: at every decision a team drawn from the population's agents of that moment.
 * Of 20 streams the one with the median Sharpe ratio (the lower of the two in the middle) is returned.
 *
 * @param events The population's iterations: whose genomes there were to draw from.
 * @param skip Bars before the first reported row.
 */
export function randomSwitchingSeries(
  desk: Desk,
  events: readonly IterationEvent[],
  seed: number,
  skip: number,
  onProgress: (done: number, total: number) => void,
): AccountSeries {
  const accounts = Array.from(
    { length: STREAMS },
    () => writeAccount(createAccount(desk.arena.coins, desk.startingEquity)),
  );
  const bars: TradedBars[][] = accounts.map(() => []);
  for (const event of events) {
    accounts.forEach((account, stream) => {
      const pipeline = pipelineOf(byRole((role) => {
        const agents = event.agents[role];
        const drawn = agents[rng("random switching", seed, event.k, role, stream).int(agents.length)]!;
        return { variant: drawn.variant, coordinates: drawn.genome };
      }));
      const [after, traded] = tradeRows(desk.arena, account, mandateOf(desk, pipeline), {
        from: event.row + 1,
        to: event.lastRow + 1,
      }, true);
      accounts[stream] = after;
      bars[stream]!.push(traded);
    });
    onProgress(event.k + 1, events.length);
  }
  const streams = bars.map((parts) => seriesOfDeployed(joinBars(parts), desk.startingEquity, skip));
  const sharpes = streams.map((series) => annualSharpe(barReturns(series, "net")));
  const order = streams.map((_, i) => i).sort((a, b) => sharpes[a]! - sharpes[b]! || a - b);
  return streams[order[Math.floor((STREAMS - 1) / 2)]!]!;
}
