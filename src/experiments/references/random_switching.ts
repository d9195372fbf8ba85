import { type Desk, deskUntil, passingMandateOf } from "../../agents/desk.ts";
import { type Pipeline, pipelineOf } from "../../agents/agent.ts";
import { rng } from "../../core/rng.ts";
import type { IterationEvent } from "../../events/iteration.ts";
import { type Charges, NO_CHARGES, tradeRows } from "../../simulation/trade_rows.ts";
import { joinBars, type TradedBars } from "../../simulation/traded_bars.ts";
import { byRole } from "../../genome/role.ts";
import { createAccount, writeAccount } from "../../simulation/account.ts";
import { annualSharpe } from "../../stats/sharpe.ts";
import { type AccountSeries, barReturns, seriesOfDeployed } from "../account_series.ts";

/** Streams of random teams; the median one is reported. */
export const STREAMS = 20;

/** The team that a stream draws of the agents of an iteration. */
export function drawnTeam({ k, agents }: IterationEvent, seed: number, stream: number): Pipeline {
  return pipelineOf(byRole((role) => {
    const drawn = agents[role][rng("random switching", seed, k, role, stream).int(agents[role].length)]!;
    return { variant: drawn.variant, coordinates: drawn.genome };
  }));
}

/** Streams of random teams under way. */
export interface Switching {
  /** Trades the window of an iteration; iterations come in order, each once. */
  readonly advance: (event: IterationEvent, desk: Desk, charges?: Charges) => void;
  /** The stream with the median Sharpe ratio so far, the lower of the two in the middle. */
  readonly series: () => AccountSeries;
}

/**
 * Placebo for the champion rule: at every decision a team drawn from the population's agents of that moment.
 * Told of each iteration while the population's desk still holds what its agents say, it costs next to nothing. Each of its
 * accounts pays what asking models costs, as the champion's does: it is the champion rule alone that is left out.
 *
 * @param skip Bars before the first reported row.
 */
export function createSwitching(
  coins: number,
  startingEquity: number,
  seed: number,
  skip: number,
): Switching {
  const accounts = Array.from({ length: STREAMS }, () => writeAccount(createAccount(coins, startingEquity)));
  const bars: TradedBars[][] = accounts.map(() => []);

  function advance(event: IterationEvent, desk: Desk, charges: Charges = NO_CHARGES): void {
    accounts.forEach((account, stream) => {
      const pipeline = drawnTeam(event, seed, stream);
      const [after, traded] = tradeRows(
        desk.arena,
        account,
        passingMandateOf(desk, pipeline, { from: event.row, to: event.lastRow - 1 }),
        {
          from: event.row + 1,
          to: event.lastRow + 1,
        },
        true,
        charges,
      );
      accounts[stream] = after;
      bars[stream]!.push(traded);
    });
  }

  function series(): AccountSeries {
    const streams = bars.map((parts) => seriesOfDeployed(joinBars(parts), startingEquity, skip));
    const sharpes = streams.map((one) => annualSharpe(barReturns(one, "net")));
    const order = streams.map((_, i) => i).sort((a, b) => sharpes[a]! - sharpes[b]! || a - b);
    return streams[order[Math.floor((STREAMS - 1) / 2)]!]!;
  }

  return { advance, series };
}

/**
 * The same over iterations that have ended.
 *
 * @param events The population's iterations: whose genomes there were to draw from.
 * @param until Rows that are read while the agents of iteration k live; all of them if left out.
 * @param chargesAt What asking models for iteration k cost; nothing if left out.
 */
export function randomSwitchingSeries(
  desk: Desk,
  events: readonly IterationEvent[],
  seed: number,
  skip: number,
  onProgress: (done: number, total: number) => void,
  until: (k: number) => number = () => Infinity,
  chargesAt: (k: number) => Charges = () => NO_CHARGES,
): AccountSeries {
  const { advance, series } = createSwitching(desk.arena.coins, desk.startingEquity, seed, skip);
  for (const event of events) {
    advance(event, deskUntil(desk, until(event.k)), chargesAt(event.k));
    onProgress(event.k + 1, events.length);
  }
  return series();
}
