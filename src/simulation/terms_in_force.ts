/** What the exchange fixes at a row, as the loop asks for it where an order fills. */
import { RULE, ruleIndex } from "./arena.ts";
import { maintenanceRate } from "./instruments.ts";
import type { Loop } from "./loop.ts";

/** Lots in one coin. */
export function lotsAt({ rules, coins }: Loop, row: number, coin: number): number {
  return rules[ruleIndex(coins, row, coin) + RULE.lotsPerUnit]!;
}

/** True if an order worth `notional` USDT that opens or changes a position is accepted. */
export function isAccepted({ rules, coins }: Loop, row: number, coin: number, notional: number): boolean {
  return notional >= rules[ruleIndex(coins, row, coin) + RULE.minNotional]!;
}

/** True if anything was traded in a bar; where nothing was, no order fills. */
export function isTraded({ rules, coins }: Loop, row: number, coin: number): boolean {
  return rules[ruleIndex(coins, row, coin) + RULE.traded] === 1;
}

/** Maintenance margin over notional of a position worth `value` USDT. */
export function maintenanceAt(loop: Loop, row: number, coin: number, value: number): number {
  const at = ruleIndex(loop.coins, row, coin);
  return value <= loop.rules[at + RULE.firstTier]!
    ? loop.rules[at + RULE.maintenanceMargin]!
    : maintenanceRate(loop.riskTiersAt(row, coin), value);
}
