/** Bars that never were, made of bars that were: an outage, coins that move as one, and histories whose moves changed their sign. Pure. */
import { rng } from "../../../core/rng.ts";
import { standardDeviation } from "../../../stats/moments.ts";
import { logarithm } from "../../../core/series.ts";
import { type CoinBars, createPanel, type Panel, referenceIndex } from "../../../market/panel.ts";

/** Rows between the starts of two outages, and rows that each lasts: a day a quarter. */
const OUTAGE_EVERY = 540, OUTAGE_ROWS = 6;

const PRICES = ["open", "high", "low", "close"] as const;

/** True for rows in which the exchange is down. */
export function isOut(row: number): boolean {
  return row >= OUTAGE_EVERY && row % OUTAGE_EVERY < OUTAGE_ROWS;
}

/** A day in every quarter without trades: the last price stands, nothing is traded; mark and index go on. */
export function withOutages(panel: Panel): Panel {
  return changedPanel(panel, (bars) => {
    let last = bars.close[0]!;
    const stand = bars.close.map((price, t) => last = isOut(t) ? last : price);
    const prices = Object.fromEntries(
      PRICES.map((name) => [name, bars[name].map((price, t) => isOut(t) ? stand[t]! : price)]),
    );
    const nothing = (values: Float64Array) => values.map((value, t) => isOut(t) ? 0 : value);
    return { ...prices, volume: nothing(bars.volume), turnover: nothing(bars.turnover) };
  });
}

/** Every coin moves as the reference coin does, in its own standard deviation: correlation 1. */
export function movingAsOne(panel: Panel): Panel {
  const leader = panel.coins[referenceIndex(panel)]!;
  const paths = pathOf(leader), sd = standardDeviation(moves(leader.close));
  return changedPanel(panel, (bars) => {
    const scale = standardDeviation(moves(bars.close)) / sd;
    return rebuilt(bars, paths, () => scale);
  });
}

/**
 * A history of the same bars in which each row's moves of all coins keep or change their sign together, by a fair coin: volatility and
 * cross-section stay, direction is gone. Highs and lows of mirrored bars change places.
 *
 * @param draw Number of the history.
 */
export function signFlipped(panel: Panel, draw: number): Panel {
  const random = rng("sign flips", draw);
  const signs = Float64Array.from(
    { length: panel.rows },
    (_, t) => t === 0 || random.uniform() < 0.5 ? 1 : -1,
  );
  return changedPanel(panel, (bars) => rebuilt(bars, pathOf(bars), (t) => signs[t]!));
}

/** The log prices of each bar over the close before it. */
type Path = Readonly<Record<(typeof PRICES)[number], Float64Array>>;

function pathOf(bars: CoinBars): Path {
  const before = logarithm(bars.close);
  return Object.fromEntries(PRICES.map((name) => [
    name,
    bars[name].map((price, t) => t === 0 ? 0 : Math.log(price) - before[t - 1]!),
  ])) as Path;
}

function moves(closes: Float64Array): Float64Array {
  const logs = logarithm(closes);
  return logs.subarray(1).map((value, t) => value - logs[t]!);
}

/** A coin's bars along another path, each bar's scaled by `scale`; mark and index keep their distance from the last price. */
function rebuilt(bars: CoinBars, path: Path, scale: (row: number) => number): Partial<CoinBars> {
  const rows = bars.close.length, level = new Float64Array(rows);
  level[0] = Math.log(bars.close[0]!);
  for (let t = 1; t < rows; t++) level[t] = level[t - 1]! + scale(t) * path.close[t]!;
  const along = (name: (typeof PRICES)[number]) =>
    bars[name].map((price, t) => t === 0 ? price : Math.exp(level[t - 1]! + scale(t) * path[name][t]!));
  const first = along("high"), second = along("low");
  const high = first.map((price, t) => Math.max(price, second[t]!)),
    low = first.map((price, t) => Math.min(price, second[t]!));
  const moved = { open: along("open"), high, low, close: along("close") };
  const shift = bars.close.map((price, t) => moved.close[t]! / price);
  const beside = (["mark", "index"] as const).flatMap((kind) => besideOf(bars, kind, shift, moved));
  return { ...moved, ...Object.fromEntries(beside) };
}

/** Mark or index prices: their closes at the same ratio to the last price as before, each bar opening where the last one closed. */
function besideOf(
  bars: CoinBars,
  kind: "mark" | "index",
  shift: Float64Array,
  { high, low }: { readonly high: Float64Array; readonly low: Float64Array },
): [string, Float64Array][] {
  const close = bars[`${kind}Close`].map((price, t) => price * shift[t]!);
  const open = bars[`${kind}Open`].map((price, t) => t === 0 ? price : close[t - 1]!);
  const ratio = bars[`${kind}Close`].map((price, t) => price / bars.close[t]!);
  return [
    [`${kind}Open`, open],
    [`${kind}High`, open.map((price, t) => Math.max(price, close[t]!, high[t]! * ratio[t]!))],
    [`${kind}Low`, open.map((price, t) => Math.min(price, close[t]!, low[t]! * ratio[t]!))],
    [`${kind}Close`, close],
  ];
}

function changedPanel(panel: Panel, change: (bars: CoinBars) => Partial<CoinBars>): Panel {
  const coins = panel.coins.map((bars) => ({ ...bars, ...change(bars) }));
  return createPanel(coins, panel.openTime, panel.source, panel.instruments, panel.missing);
}
