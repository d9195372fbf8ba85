import type { DeployedBars } from "../population/deployed_window.ts";
import { DEPLOYED_COLUMNS } from "../population/deployed_window.ts";
import type { Simulation } from "../simulation/event_loop.ts";
import { ACCOUNT } from "../simulation/account.ts";

/** Orders by risk verdict, and liquidations, over an account's life. */
export interface OrderCounts {
  readonly pass: number;
  readonly softFail: number;
  readonly hardFail: number;
  readonly liquidations: number;
}

/** What one strategy's account did over the reported rows: the bars' accounting, and the equity they started from. */
export interface AccountSeries extends DeployedBars {
  readonly startingEquity: number;
  readonly orders: OrderCounts;
}

/** The order counts of an account's flat block. */
export function orderCounts(account: ArrayLike<number>): OrderCounts {
  return {
    pass: account[ACCOUNT.passed]!,
    softFail: account[ACCOUNT.softFails]!,
    hardFail: account[ACCOUNT.hardFails]!,
    liquidations: account[ACCOUNT.liquidations]!,
  };
}

/** The traded rows of a simulation that was recorded in full. */
export function seriesOfSimulation(simulation: Simulation): AccountSeries {
  const { from, to } = simulation;
  const detail = simulation.detail;
  if (!detail) {
    throw new TypeError("Cannot read an account's series as its simulation must be recorded in full");
  }
  return {
    startingEquity: simulation.equity[from - 1]!,
    equity: simulation.equity.slice(from, to),
    fees: detail.fees.slice(from, to),
    slippage: detail.slippage.slice(from, to),
    funding: detail.funding.slice(from, to),
    tradedNotional: detail.tradedNotional.slice(from, to),
    grossExposure: detail.grossExposure.slice(from, to),
    orders: orderCounts(simulation.account),
  };
}

/** A deployed account's bars from `skip` on; rows before are history. */
export function seriesOfDeployed(
  bars: DeployedBars,
  account: readonly number[],
  startingEquity: number,
  skip: number,
): AccountSeries {
  const cut = Object.fromEntries(
    DEPLOYED_COLUMNS.map((name) => [name, bars[name].slice(skip)]),
  ) as unknown as DeployedBars;
  return {
    ...cut,
    startingEquity: skip === 0 ? startingEquity : bars.equity[skip - 1]!,
    orders: orderCounts(account),
  };
}

/** Simple returns per bar, net or (with fees and slippage given back; funding stays) gross. */
export function barReturns(series: AccountSeries, kind: "net" | "gross"): Float64Array {
  const out = new Float64Array(series.equity.length);
  let before = series.startingEquity;
  for (let t = 0; t < out.length; t++) {
    const costs = kind === "gross" ? series.fees[t]! + series.slippage[t]! : 0;
    out[t] = before > 0 ? (series.equity[t]! + costs) / before - 1 : 0;
    before = series.equity[t]!;
  }
  return out;
}

/**
 * The equal-weight mix of accounts whose capital is split anew at every bar free of cost: its return is the
 * mean of theirs, and so are its costs as fractions of equity. Accounts are added one by one, so that
 * hundreds need not be held at once.
 */
export function createMixture(rows: number, startingEquity: number) {
  const returns = new Float64Array(rows);
  const shares = {
    fees: new Float64Array(rows),
    slippage: new Float64Array(rows),
    funding: new Float64Array(rows),
    tradedNotional: new Float64Array(rows),
    grossExposure: new Float64Array(rows),
  };
  const orders = { pass: 0, softFail: 0, hardFail: 0, liquidations: 0 };
  let accounts = 0;

  function add(series: AccountSeries): void {
    accounts++;
    let before = series.startingEquity;
    for (let t = 0; t < rows; t++) {
      if (before > 0) {
        returns[t]! += series.equity[t]! / before - 1;
        shares.fees[t]! += series.fees[t]! / before;
        shares.slippage[t]! += series.slippage[t]! / before;
        shares.funding[t]! += series.funding[t]! / before;
        shares.tradedNotional[t]! += series.tradedNotional[t]! / before;
        shares.grossExposure[t]! += series.grossExposure[t]!;
      }
      before = series.equity[t]!;
    }
    orders.pass += series.orders.pass;
    orders.softFail += series.orders.softFail;
    orders.hardFail += series.orders.hardFail;
    orders.liquidations += series.orders.liquidations;
  }

  function series(): AccountSeries {
    const equity = new Float64Array(rows);
    const column = (share: Float64Array, scaled: boolean) => {
      const out = new Float64Array(rows);
      for (let t = 0; t < rows; t++) {
        const before = t === 0 ? startingEquity : equity[t - 1]!;
        out[t] = share[t]! / accounts * (scaled ? before : 1);
      }
      return out;
    };
    let level = startingEquity;
    for (let t = 0; t < rows; t++) equity[t] = level *= 1 + returns[t]! / accounts;
    return {
      startingEquity,
      equity,
      fees: column(shares.fees, true),
      slippage: column(shares.slippage, true),
      funding: column(shares.funding, true),
      tradedNotional: column(shares.tradedNotional, true),
      grossExposure: column(shares.grossExposure, false),
      orders: { ...orders },
    };
  }

  return { add, series };
}
