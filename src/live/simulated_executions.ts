import type { Arena } from "../simulation/arena.ts";
import { FILL, FILL_KINDS, type Trace } from "../simulation/trace.ts";
import type { Execution } from "./exchange.ts";

/** Client id of the order that a fill is of; null for what the exchange did by itself. */
export type IdOf = (coin: number, kind: number) => string | null;

/** Takes all fills off a trace, as executions that follow on `before` others. @param time ms UTC. */
export function readOff(
  trace: Trace,
  { makerFee, takerFee }: Arena,
  before: number,
  time: number,
  idOf: IdOf,
): Execution[] {
  const fresh = Array.from({ length: trace.length }, (_, i): Execution => {
    const kind = trace.kind[i]!, coin = trace.coin[i]!;
    const maker = kind === FILL.limit || kind === FILL.target;
    return {
      sequence: before + i + 1,
      time,
      clientId: idOf(coin, kind),
      coin,
      kind: FILL_KINDS[kind]!,
      quantity: trace.quantity[i]!,
      price: trace.price[i]!,
      fee: trace.fee[i]!,
      feeRate: kind === FILL.funding ? 0 : maker ? makerFee : takerFee,
      slippage: trace.slippage[i]!,
      paid: kind === FILL.funding ? -trace.realised[i]! : 0,
    };
  });
  trace.length = 0;
  return fresh;
}
