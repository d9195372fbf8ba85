import { displayed } from "./displayed.ts";
import type { RunResult, StrategyMetrics, StrategyResult } from "../experiments/result.ts";
import { grossShare } from "./money_answer.ts";
import { strategyLabel } from "./strategy_style.ts";
import { count, decimal, percent, signedPercent } from "./format.ts";
import { sourceText } from "./run_subtitle.ts";
import type { Column, Table } from "./table.ts";
import { plainText } from "./text.ts";
import { requireResult } from "./run_parts.ts";

interface StrategyColumn extends Column {
  readonly read: (strategy: StrategyResult) => string;
}

const number = (label: string, hint: string, read: (metrics: StrategyMetrics) => string): StrategyColumn => ({
  label,
  align: "right",
  hint,
  read: (strategy) => read(strategy.metrics),
});

const STRATEGY: StrategyColumn = {
  label: "Strategy",
  align: "left",
  hint: "What trades",
  read: strategyLabel,
};

const FIELD: StrategyColumn = {
  label: "Field",
  align: "right",
  hint: "Share of the field, the pipelines of all declared genomes, with a lower Sharpe ratio",
  read: ({ fieldPercentile, metrics }) => isFlat(metrics) ? "–" : percent(fieldPercentile, 0),
};

const RESULT_COLUMNS: readonly StrategyColumn[] = [
  STRATEGY,
  number(
    "Sharpe ± SE",
    "Annual Sharpe ratio of simple net returns per bar, and its standard error; – for what never traded",
    sharpeText,
  ),
  number("Net", "Total net return over the reported rows", (metrics) => signedPercent(metrics.totalReturn)),
  FIELD,
  number(
    "Gross Sharpe (t)",
    "Annual Sharpe ratio before fees and slippage, funding included, and its Newey-West t (lag 5)",
    (metrics) => isFlat(metrics) ? "–" : `${decimal(metrics.grossSharpe)} (${decimal(metrics.grossT, 1)})`,
  ),
  number(
    "Vol.",
    "Volatility: standard deviation of bar returns, annualised",
    (metrics) => percent(metrics.volatility),
  ),
  number(
    "Drawdown",
    "Maximum: largest loss from a peak of equity, share of it",
    (metrics) => percent(metrics.maxDrawdown),
  ),
  number(
    "Hit rate",
    "Share of non-zero bar returns that are positive",
    (metrics) => isFlat(metrics) ? "–" : percent(metrics.hitRate),
  ),
];

/** Gross, the three costs and net add up. */
const TRADING_COLUMNS: readonly StrategyColumn[] = [
  STRATEGY,
  number(
    "Gross",
    "What price moves brought before costs and funding, share of the start",
    (m) => signedPercent(grossShare(m)),
  ),
  number("Fees", "Fees as they act on the account, share of its start", (m) => paid(m.fees)),
  number("Slippage", "Slippage, likewise", (m) => paid(m.slippage)),
  number("Funding", "Funding, likewise: positive if received", (m) => paid(m.funding)),
  number("Net", "Total net return: the four before together", (m) => signedPercent(m.totalReturn)),
  number(
    "Break-even",
    "Cost per side at which the gross profit is gone, in basis points (0.01%) of traded notional; – without a profit",
    ({ breakEvenCost }) =>
      breakEvenCost === null || breakEvenCost < 0 ? "–" : `${decimal(breakEvenCost * 1e4, 1)} bp`,
  ),
  number("Turnover", "Traded notional over mean equity, per year", (m) => `${decimal(m.turnover, 0)}×`),
];

/** Of runs in which somebody asks. */
const MODEL_COLUMN = number(
  "Model",
  "What asking the language model cost, likewise",
  (m) => paid(m.modelCost ?? 0),
);

const RISK_COLUMNS: readonly StrategyColumn[] = [
  number("Exposure", "Mean gross notional over equity", (m) => `${decimal(m.exposure)}×`),
  number("Orders", "Orders that were placed or filled", (m) => count(m.orders)),
  number("Cut", "Share of orders that risk cut (soft fail)", (m) => verdict(m, "softFail")),
  number(
    "Refused",
    "Times that risk refused to enlarge a position (hard fail), each however long it lasted",
    (m) => count(m.refusals),
  ),
  number(
    "Limit",
    "Declared maximum drawdown, the mean over rows where it changed",
    ({ scaling }) => scaling.limit < 1 ? percent(scaling.limit) : "–",
  ),
  number(
    "Halved",
    "Of the rows in which a position was wanted, the share in which the drawdown left less than one half",
    ({ scaling }) => scaling.limit < 1 && scaling.halved !== null ? percent(scaling.halved, 0) : "–",
  ),
  number("Out", "Share of rows that the maximum drawdown blocked", (m) => percent(m.blocked.drawdown, 0)),
  number("Day", "Share of rows that the daily loss blocked", (m) => percent(m.blocked.dailyLoss, 0)),
  number(
    "Cooling",
    "Share of rows on which a coin cooled down after an exit",
    (m) => percent(m.blocked.coolDown, 0),
  ),
  number("Liquid.", "Liquidations: positions closed by the exchange", (m) => count(m.liquidations)),
];

/** What every strategy earned and at what risk: one row a strategy, in the order of the result, the headline strong. */
export function resultTable(result: RunResult): Table {
  requireResult(result, "strategies");
  const hasField = result.strategies.some(({ fieldPercentile }) => fieldPercentile !== null);
  return strategyTable(result, RESULT_COLUMNS.filter((column) => column !== FIELD || hasField), {
    name: "results",
    title: "Results",
    caption:
      `${
        sourceText(result.source)
      }. Every strategy trades the same rows through the same event loop at the same costs. ` +
      "SE: standard error of the annual Sharpe ratio. The headline is in bold.",
  });
}

/** Where the money of every strategy went. */
export function tradingTable(result: RunResult): Table {
  requireResult(result, "strategies");
  const asked = result.strategies.some(({ metrics }) => metrics.modelCost !== undefined);
  const net = TRADING_COLUMNS.findIndex(({ label }) => label === "Net");
  const columns = asked
    ? [...TRADING_COLUMNS.slice(0, net), MODEL_COLUMN, ...TRADING_COLUMNS.slice(net)]
    : TRADING_COLUMNS;
  return strategyTable(result, columns, {
    name: "trading",
    title: "From gross to net",
    caption:
      "Shares of the starting equity, signed as they act on the account: what was paid is negative, and each row adds " +
      "up. Break-even is to be read beside the cost that is paid per side.",
  });
}

/** How much every strategy was in the market, and what risk did with its orders. */
export function riskTable(result: RunResult): Table {
  requireResult(result, "strategies");
  const inMarket: StrategyColumn = {
    label: "In market",
    align: "right",
    hint: "Share of rows at whose close it held a position; – for a mean over accounts",
    read: ({ account, accounts }) => accounts > 1 || !account ? "–" : percent(account.timeInMarket, 0),
  };
  return strategyTable(result, [STRATEGY, inMarket, ...RISK_COLUMNS], {
    name: "risk",
    title: "Market, orders and risk",
    caption:
      "An order that would add to a position may be cut or refused by risk; closing is always allowed.",
  });
}

/** What each strategy is, and what flatters or handicaps it. */
export function notesTable(result: RunResult): Table {
  requireResult(result, "strategies");
  const text = (label: string, hint: string, read: (strategy: StrategyResult) => string): StrategyColumn => ({
    label,
    align: "left",
    hint,
    read,
  });
  const columns = [
    STRATEGY,
    text("Kind", "How it came to be", (strategy) => strategy.kind),
    text("Note", "What it is, and what flatters or handicaps it", (strategy) => plainText(strategy.note)),
  ];
  return strategyTable(result, columns, { name: "notes", title: "What the strategies are", caption: "" });
}

function strategyTable(
  result: RunResult,
  columns: readonly StrategyColumn[],
  text: Pick<Table, "name" | "title" | "caption">,
): Table {
  return displayed({
    ...text,
    columns: columns.map(({ label, align, hint }) => ({ label, align, hint })),
    rows: result.strategies.map((strategy) => ({
      cells: columns.map((column) => column.read(strategy)),
      strong: strategy.name === result.headline,
    })),
  });
}

/** True for an account that never moved: it has no Sharpe ratio and no hit rate, and 0 would be a false statement. */
function isFlat({ volatility }: StrategyMetrics): boolean {
  return volatility === 0;
}

function sharpeText(metrics: StrategyMetrics): string {
  return isFlat(metrics) ? "–" : `${decimal(metrics.sharpe)} ± ${decimal(metrics.sharpeError)}`;
}

/** A cost as it acts on the account. */
function paid(cost: number | null): string {
  return signedPercent(cost === null ? null : -cost);
}

function verdict(metrics: StrategyMetrics, name: keyof StrategyMetrics["verdicts"]): string {
  return metrics.orders === 0 ? "–" : percent(metrics.verdicts[name], 0);
}
