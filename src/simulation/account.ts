/**
 * The whole state of one account as one flat block: ACCOUNT values, then one position of POSITION values for each coin.
 * A block of plain finite numbers is what the event loop is fast on and what a checkpoint can hold as it is,
 * so a run may be continued window by window. Amounts in USDT, quantities in coins, rows absolute.
 */
export type Account = Float64Array;

/** Offsets of what the account holds once. */
export const ACCOUNT = {
  startingEquity: 0,
  /** Starting equity + realised - fees - funding. Margin is not taken out of it. */
  cash: 1,
  /** Cash + sum of quantity (mark close - entry), at the close of `lastRow`. */
  equity: 2,
  /** Highest equity since the start; faded towards equity, or, under the pause, since the last one ended. */
  peak: 3,
  /** Equity at the last close that fell on 00:00 UTC (before the first: the starting equity). */
  dayEquity: 4,
  /** 1 from a daily loss until the next 00:00 UTC. */
  dailyBlocked: 5,
  /** Last row at which a drawdown pause refuses; -1 outside a pause. */
  pauseUntil: 6,
  /** 1 for good once equity was under 1 % of the starting equity. */
  closed: 7,
  /** Last row that was traded and marked; -1 before the first. */
  lastRow: 8,
  // Running totals.
  fees: 9,
  /** What fills lost against the price they were sent at: spread, impact and rounding to the tick. */
  slippage: 10,
  /** Funding paid; negative if received on balance. */
  funding: 11,
  /** Realised profit before fees and funding. */
  realised: 12,
  tradedNotional: 13,
  /** Positions opened from flat, at market or by a limit order. */
  entries: 14,
  limitFills: 15,
  stops: 16,
  targets: 17,
  liquidations: 18,
  /** Orders that were placed or filled, whole or cut by risk; a flip is one. */
  passed: 19,
  softFails: 20,
  /** Refusals of what would enlarge a coin's position; one that lasts for several decisions is one. */
  hardFails: 21,
  /** Rows that closed with a position. */
  rowsInMarket: 22,
  /** Sum over rows of gross notional over equity at the close. */
  grossExposure: 23,
  /** Coins whose wish was refused at the last decision: bit 2^coin each. */
  refusing: 24,
  /** Decisions that a rule blocked: maximum drawdown, daily loss, a coin that cools down. */
  pausedRows: 25,
  dailyBlockedRows: 26,
  coolDownRows: 27,
  // Drawdown scaling, see drawdown_scale.ts.
  /** Share of full size that the drawdown allows, in force since the last decision; 1 under the pause. */
  drawdownFactor: 28,
  /** The same for the account's volatility; what is in force is the product of both. */
  volatilityCap: 29,
  /** Equity at the last decision. */
  decidedEquity: 30,
  /** Weighted sum of squared unscaled returns, and of their weights. */
  unscaledSquares: 31,
  unscaledWeight: 32,
} as const;
export const ACCOUNT_WIDTH = 33;

/** Offsets into one coin's position. A price of 0 means that there is none. */
export const POSITION = {
  /** Signed: > 0 long, < 0 short, 0 flat. */
  quantity: 0,
  /** Average price of the fills. */
  entry: 1,
  /** Average price at which the present team took the position on: `entry`, or the open at which it adopted it. */
  basis: 2,
  /** Isolated margin, fixed by the fills: sum of quantity x fill / leverage. */
  margin: 3,
  liquidation: 4,
  stop: 5,
  target: 6,
  /** Row at whose open (or inside which) stop and target were set. */
  levelsRow: 7,
  /** Side of the last stop, target or liquidation while entries on it are barred, else 0. */
  cooldownSide: 8,
  /** Last row whose decision may not enter on that side. */
  cooldownUntil: 9,
  /** Signed quantity of the resting limit entry, 0 if there is none; then its terms. */
  restingQuantity: 10,
  restingPrice: 11,
  restingLeverage: 12,
  restingStop: 13,
  restingTarget: 14,
  /** Last row in which it may fill. */
  restingUntil: 15,
  /** Orders that rest, one behind the other, and USDT between two of them: a ladder. 1 and 0 for a single one. */
  restingRungs: 16,
  restingStep: 17,
} as const;
export const POSITION_WIDTH = 18;

/** An account is closed for good below this share of its starting equity. */
export const CLOSED_BELOW = 0.01;

// The engine folds a module's own constants into the code; an exported or imported one it reads from memory
// each time, which doubles the cost of the loop. So hot code reads offsets through names of its own.
const FIRST = ACCOUNT_WIDTH, WIDTH = POSITION_WIDTH;
const CASH = ACCOUNT.cash, QUANTITY = POSITION.quantity, ENTRY = POSITION.entry, MARGIN = POSITION.margin;

/** Index of the first value of a coin's position. */
export function positionIndex(coin: number): number {
  return FIRST + coin * WIDTH;
}

/** Length of the block of an account that trades `coins` coins. */
export function accountLength(coins: number): number {
  return ACCOUNT_WIDTH + coins * POSITION_WIDTH;
}

/** A flat account of `coins` coins. @throws {RangeError} If the starting equity (USDT) is not a finite number > 0. */
export function createAccount(coins: number, startingEquity = 10_000): Account {
  if (!(startingEquity > 0 && startingEquity < Infinity)) {
    throw new RangeError(
      `Cannot create an account as its equity must be > 0: current value is ${startingEquity}`,
    );
  }
  const account = new Float64Array(accountLength(coins));
  const { cash, equity, peak, dayEquity, decidedEquity } = ACCOUNT;
  for (const offset of [ACCOUNT.startingEquity, cash, equity, peak, dayEquity, decidedEquity]) {
    account[offset] = startingEquity;
  }
  account[ACCOUNT.drawdownFactor] = account[ACCOUNT.volatilityCap] = 1;
  account[ACCOUNT.pauseUntil] = -1;
  account[ACCOUNT.lastRow] = -1;
  return account;
}

/** The account as JSON holds it without loss. */
export function writeAccount(account: Account): number[] {
  return [...account];
}

/** The account that `writeAccount` wrote. @throws {RangeError} If its length is wrong or a value is not finite. */
export function readAccount(values: readonly number[]): Account {
  const coins = (values.length - ACCOUNT_WIDTH) / POSITION_WIDTH;
  if (!(Number.isInteger(coins) && coins >= 1 && values.every(Number.isFinite))) {
    throw new RangeError(
      `Cannot read an account as it must be ${ACCOUNT_WIDTH} finite numbers and ${POSITION_WIDTH} a coin: current value has ${values.length}`,
    );
  }
  return Float64Array.from(values);
}

/** Cash that is held by no position's margin, nor by the fee that closing it at its bankruptcy price would cost; USDT. */
export function freeCash(account: Account, takerFee: number): number {
  let free = account[CASH]!;
  for (let at = FIRST; at < account.length; at += WIDTH) {
    const quantity = account[at + QUANTITY]!, margin = account[at + MARGIN]!;
    if (quantity === 0) continue;
    const value = Math.abs(quantity) * account[at + ENTRY]!;
    free -= margin + takerFee * (quantity > 0 ? value - margin : value + margin);
  }
  return free;
}
