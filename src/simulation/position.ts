import { ACCOUNT, POSITION, positionIndex } from "./account.ts";
import type { Account } from "./account.ts";
import { BAR, barIndex } from "./arena.ts";
import type { Loop } from "./loop.ts";
import { roundTo } from "./rounding.ts";
import { lotsAt, maintenanceAt } from "./terms_in_force.ts";
import { addFill, FILL } from "./trace.ts";

const A = ACCOUNT, P = POSITION, B = BAR, F = FILL, positionAt = positionIndex, barAt = barIndex; // see account.ts on names of one's own

/** Rows whose decisions may not enter again on the side of a stop, target or liquidation: its own and five more. */
export const COOLDOWN_ROWS = 6;

/**
 * Mark price at which an isolated position is liquidated, in USDT. The exchange has stated it with the
 * maintenance margin at the entry price, E -+ (M/q - mmr E), and at the mark price, (E -+ M/q) / (1 -+ mmr);
 * the one closer to entry is taken, which is the pessimistic one.
 *
 * @param side +1 long, -1 short.
 * @param entry E, average entry price.
 * @param marginPerCoin M/q, margin over quantity.
 * @param rate mmr, maintenance margin rate, a fraction of notional.
 * @see Bybit help centre, Liquidation Price (USDT contract): E 10000 at 50x, .5 % -> 9850; short 8000 at 40x -> 8160.
 */
export function liquidationPrice(side: number, entry: number, marginPerCoin: number, rate: number): number {
  const bankruptcy = entry - side * marginPerCoin;
  const byEntry = bankruptcy + side * rate * entry;
  const byMark = bankruptcy / (1 - side * rate);
  return side > 0 ? Math.max(byEntry, byMark) : Math.min(byEntry, byMark);
}

/** Sets stop and target at these fractions from the position's basis, to the nearest tick; 0 sets none. */
export function setLevels(
  account: Account,
  at: number,
  row: number,
  stop: number,
  target: number,
  ticksPerUnit: number,
): void {
  const side = account[at + P.quantity]! > 0 ? 1 : -1;
  const basis = account[at + P.basis]!;
  account[at + P.stop] = stop > 0 ? Math.max(0, roundTo(basis * (1 - side * stop), ticksPerUnit)) : 0;
  account[at + P.target] = target > 0 ? Math.max(0, roundTo(basis * (1 + side * target), ticksPerUnit)) : 0;
  account[at + P.levelsRow] = row;
}

/**
 * Adds `quantity` (signed, on the side of the position or from flat) at `fill`: margin, average entry,
 * liquidation price, stop and target follow from it.
 */
export function enlarge(
  loop: Loop,
  row: number,
  coin: number,
  quantity: number,
  fill: number,
  reference: number,
  feeRate: number,
  leverage: number,
  stop: number,
  target: number,
  kind: number,
): void {
  const { account } = loop;
  const at = positionAt(coin);
  const held = Math.abs(account[at + P.quantity]!);
  const added = Math.abs(quantity);
  const size = roundTo(held + added, lotsAt(loop, row, coin)); // sums of lots drift off the grid
  const side = quantity > 0 ? 1 : -1;
  const margin = account[at + P.margin]! + added * fill / leverage;
  const entry = (held * account[at + P.entry]! + added * fill) / size;
  account[at + P.quantity] = side * size;
  account[at + P.entry] = entry;
  account[at + P.basis] = (held * account[at + P.basis]! + added * fill) / size;
  account[at + P.margin] = margin;
  account[at + P.liquidation] = liquidationPrice(
    side,
    entry,
    margin / size,
    maintenanceAt(loop, row, coin, size * entry),
  );
  setLevels(account, at, row, stop, target, loop.bars[barAt(loop.coins, row, coin) + B.ticksPerUnit]!);
  if (held === 0) account[A.entries]!++;
  book(loop, row, coin, quantity, fill, reference, feeRate, 0, kind);
}

/** Takes `amount` coins (> 0) off the position at `fill`; its margin goes down in proportion, its levels stay. */
export function diminish(
  loop: Loop,
  row: number,
  coin: number,
  amount: number,
  fill: number,
  reference: number,
  feeRate: number,
  kind: number,
): void {
  const { account } = loop;
  const at = positionAt(coin);
  const held = account[at + P.quantity]!;
  const side = held > 0 ? 1 : -1;
  const left = roundTo(Math.abs(held) - amount, lotsAt(loop, row, coin));
  const realised = side * amount * (fill - account[at + P.entry]!);
  if (left === 0) {
    clearPosition(account, at);
  } else {
    account[at + P.margin] = account[at + P.margin]! * left / Math.abs(held);
    account[at + P.quantity] = side * left;
  }
  book(loop, row, coin, -side * amount, fill, reference, feeRate, realised, kind);
}

/** The exchange takes the position over at its bankruptcy price: its whole margin is lost, and the fee to close. */
export function liquidate(loop: Loop, row: number, coin: number): void {
  const { account } = loop;
  const at = positionAt(coin);
  const quantity = account[at + P.quantity]!;
  const margin = account[at + P.margin]!;
  const bankruptcy = account[at + P.entry]! - margin / quantity; // a short's quantity is negative
  clearPosition(account, at);
  account[A.liquidations]!++;
  book(loop, row, coin, -quantity, bankruptcy, bankruptcy, loop.takerFee, -margin, F.liquidation);
}

/** After a stop, target or liquidation: bars the side for a while and cancels what would add to it. */
export function startCooldown(loop: Loop, at: number, row: number, side: number): void {
  const { account } = loop;
  loop.cooling = true;
  account[at + P.cooldownSide] = side;
  account[at + P.cooldownUntil] = row + COOLDOWN_ROWS - 1;
  cancelResting(account, at);
}

/** Counts an order that is placed or filled by its verdict: cut by risk, or whole. */
export function countOrder({ account, judged }: Loop, coin: number): void {
  account[judged.cut[coin] === 1 ? A.softFails : A.passed]!++;
}

/** Cancels the resting limit entry, if there is one. */
export function cancelResting(account: Account, at: number): void {
  if (account[at + P.restingQuantity] === 0) return; // nearly always
  for (let i = at + P.restingQuantity; i <= at + P.restingStep; i++) account[i] = 0;
}

function clearPosition(account: Account, at: number): void {
  for (let i = at + P.quantity; i <= at + P.levelsRow; i++) account[i] = 0;
}

/** Books one fill: cash and totals move by its fee and its realised profit. */
function book(
  loop: Loop,
  row: number,
  coin: number,
  quantity: number,
  fill: number,
  reference: number,
  feeRate: number,
  realised: number,
  kind: number,
): void {
  const { account, trace } = loop;
  const size = Math.abs(quantity);
  const fee = size * fill * feeRate;
  const slipped = size * Math.abs(fill - reference);
  account[A.cash]! += realised - fee;
  account[A.fees]! += fee;
  account[A.slippage]! += slipped;
  account[A.realised]! += realised;
  account[A.tradedNotional]! += size * fill;
  if (trace !== null) addFill(trace, row, coin, kind, quantity, fill, fee, slipped, realised);
}
