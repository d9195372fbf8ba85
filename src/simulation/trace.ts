/** What a fill was. Funding is listed with the fills, since it moves money as they do. */
export const FILL_KINDS = [
  "entry",
  "increase",
  "reduce",
  "close",
  "stop",
  "target",
  "liquidation",
  "funding",
  "limit",
] as const;
/** What a fill was. */
export type FillKind = (typeof FILL_KINDS)[number];

/** Number of each kind in a trace's `kind` column. */
export const FILL = {
  entry: 0,
  increase: 1,
  reduce: 2,
  close: 3,
  stop: 4,
  target: 5,
  liquidation: 6,
  funding: 7,
  limit: 8,
} as const satisfies Record<FillKind, number>;

/** Fills as columns, in the order in which they happened; the first `length` values of each are valid. */
export interface Trace {
  length: number;
  row: Int32Array;
  coin: Uint8Array;
  kind: Uint8Array;
  /** Coins bought (> 0) or sold (< 0); for funding the position that pays. */
  quantity: Float64Array;
  /** Fill price; the mark price for funding, the bankruptcy price for a liquidation. */
  price: Float64Array;
  fee: Float64Array;
  /** USDT lost against the price the order was sent at. */
  slippage: Float64Array;
  /** Realised profit before fees; minus the payment for funding. */
  realised: Float64Array;
}

/** One fill as an object, for reports; see `Trace` for units. */
export interface Fill {
  /** Bar in which it happened. */
  readonly row: number;
  /** Index of the coin. */
  readonly coin: number;
  /** What it was. */
  readonly kind: FillKind;
  /** Coins, signed. */
  readonly quantity: number;
  /** USDT. */
  readonly price: number;
  /** USDT. */
  readonly fee: number;
  /** USDT. */
  readonly slippage: number;
  /** USDT. */
  readonly realised: number;
}

/** An empty trace; it grows by doubling. */
export function createTrace(capacity = 1024): Trace {
  return {
    length: 0,
    row: new Int32Array(capacity),
    coin: new Uint8Array(capacity),
    kind: new Uint8Array(capacity),
    quantity: new Float64Array(capacity),
    price: new Float64Array(capacity),
    fee: new Float64Array(capacity),
    slippage: new Float64Array(capacity),
    realised: new Float64Array(capacity),
  };
}

/** Appends a fill. */
export function addFill(
  trace: Trace,
  row: number,
  coin: number,
  kind: number,
  quantity: number,
  price: number,
  fee: number,
  slippage: number,
  realised: number,
): void {
  if (trace.length === trace.row.length) grow(trace);
  const i = trace.length++;
  trace.row[i] = row;
  trace.coin[i] = coin;
  trace.kind[i] = kind;
  trace.quantity[i] = quantity;
  trace.price[i] = price;
  trace.fee[i] = fee;
  trace.slippage[i] = slippage;
  trace.realised[i] = realised;
}

function grow(trace: Trace): void {
  const larger = createTrace(2 * trace.row.length);
  for (const name of ["row", "coin", "kind", "quantity", "price", "fee", "slippage", "realised"] as const) {
    larger[name].set(trace[name]);
  }
  Object.assign(trace, { ...larger, length: trace.length });
}

/** The fills of a trace as objects. */
export function listFills(trace: Trace): Fill[] {
  return Array.from({ length: trace.length }, (_, i) => ({
    row: trace.row[i]!,
    coin: trace.coin[i]!,
    kind: FILL_KINDS[trace.kind[i]!]!,
    quantity: trace.quantity[i]!,
    price: trace.price[i]!,
    fee: trace.fee[i]!,
    slippage: trace.slippage[i]!,
    realised: trace.realised[i]!,
  }));
}
