/** From the exchange's executions to those that the books count. Pure. */
import type { Execution } from "../../../live/exchange.ts";
import type { FillKind } from "../../../simulation/trace.ts";
import type { ExecutionRow } from "./private_messages.ts";

/** What an execution was. A market order's is "entry" whatever it did: the books know which it was. */
function kindOf({ execType, stopOrderType, orderType }: ExecutionRow): FillKind {
  if (execType === "Funding") return "funding";
  if (execType !== "Trade") return "liquidation"; // taken over, deleveraged or settled by the exchange
  if (/TakeProfit/.test(stopOrderType)) return "target";
  if (/Stop/.test(stopOrderType)) return "stop";
  return orderType === "Limit" ? "limit" : "entry";
}

/**
 * One execution.
 *
 * @param reference Price that its order was sent at, USDT; null where nobody knows, and no slippage is counted.
 */
export function executionOf(
  row: ExecutionRow,
  coin: number,
  sequence: number,
  reference: number | null,
): Execution {
  const kind = kindOf(row), funding = kind === "funding";
  const quantity = (row.side === "Buy" ? 1 : -1) * row.execQty;
  const own = kind === "entry" || kind === "limit";
  return {
    sequence,
    time: row.execTime,
    clientId: own ? (row.orderLinkId === "" ? row.orderId : row.orderLinkId) : null,
    coin,
    kind,
    quantity,
    price: row.execPrice,
    fee: funding ? 0 : row.execFee,
    feeRate: funding
      ? 0
      : row.feeRate ?? (row.execQty === 0 ? 0 : row.execFee / (row.execQty * row.execPrice)),
    slippage: kind === "entry" && reference !== null ? quantity * (row.execPrice - reference) : 0,
    paid: funding ? row.execFee : 0,
  };
}

/** Rows in the order in which they count: by time, then as the exchange counts, then by name. */
export function inOrder(rows: readonly ExecutionRow[]): ExecutionRow[] {
  return [...rows].sort((a, b) =>
    a.execTime - b.execTime || a.seq - b.seq || (a.execId < b.execId ? -1 : Number(a.execId > b.execId))
  );
}
