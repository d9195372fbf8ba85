/** Where did the money go? The headline's account from its start to its end, in USDT and in percent of the start. */
import { displayed } from "./displayed.ts";
import type { RunResult, StrategyMetrics } from "../experiments/result.ts";
import { signed, signedPercent } from "./format.ts";
import { headlineStrategy } from "./headline_strategy.ts";
import { strategyLabel } from "./strategy_style.ts";
import type { Table } from "./table.ts";
import { requireResult } from "./run_parts.ts";

/** One stretch of the way from gross to net, signed as it acts on the account: what is paid is negative. */
export interface MoneyStep {
  readonly label: "Gross" | "Fees" | "Slippage" | "Funding" | "Model" | "Net";
  /** USDT. */
  readonly amount: number;
  /** Share of the starting equity. */
  readonly share: number;
}

/** The five steps of an account. Gross is what price moves brought, before every cost and payment, so that they add up. */
export function moneySteps(result: RunResult): readonly MoneyStep[] {
  const { metrics, startingEquity } = headlineStrategy(result);
  const start = startingEquity ?? result.startingEquity;
  const step = (label: MoneyStep["label"], share: number): MoneyStep => ({
    label,
    amount: share * start,
    share,
  });
  return [
    step("Gross", grossShare(metrics)),
    step("Fees", -metrics.fees),
    step("Slippage", -metrics.slippage),
    step("Funding", -metrics.funding),
    ...(metrics.modelCost === undefined ? [] : [step("Model", -metrics.modelCost)]),
    step("Net", metrics.totalReturn),
  ];
}

/** What price moves brought, share of the start: the net return with all costs and funding given back, uncompounded. */
export function grossShare({ totalReturn, fees, slippage, funding, modelCost = 0 }: StrategyMetrics): number {
  return totalReturn + fees + slippage + funding + modelCost;
}

/** The account's start and end in a few words: "10,000 USDT became 11,441". */
export function moneyShort(result: RunResult): string {
  const { metrics, startingEquity } = headlineStrategy(result);
  const start = startingEquity ?? result.startingEquity;
  const usdt = (amount: number) => amount.toLocaleString("en-US", { maximumFractionDigits: 0 });
  return `${usdt(start)} USDT became ${usdt(start * (1 + metrics.totalReturn))}.`;
}

const CAPTION =
  "Signed as it acts on the account: what was paid is negative. Gross is what price moves brought.";

/** The steps as a table, one a row. */
export function moneyTable(result: RunResult): Table {
  requireResult(result, "strategies");
  return displayed({
    ...headOf(result),
    columns: [
      { label: "", align: "left", hint: "Step" },
      { label: "USDT", align: "right", hint: "Amount" },
      { label: "Of the start", align: "right", hint: "Share of the starting equity" },
    ],
    rows: moneySteps(result).map(({ label, amount, share }) => ({
      cells: [label, signed(amount, 0), signedPercent(share)],
      strong: label === "Net",
    })),
  });
}

/** The same from left to right: a row in USDT and one in percent. */
export function moneyLine(result: RunResult): Table {
  const steps = moneySteps(result);
  return displayed({
    ...headOf(result),
    columns: [
      { label: "", align: "left", hint: "Unit" },
      ...steps.map(({ label }) => ({ label, align: "right" as const, hint: HINTS[label] })),
    ],
    rows: [
      { cells: ["USDT", ...steps.map(({ amount }) => signed(amount, 0))], strong: false },
      { cells: ["of the start", ...steps.map(({ share }) => signedPercent(share))], strong: false },
    ],
  });
}

function headOf(result: RunResult): Pick<Table, "name" | "title" | "caption"> {
  return {
    name: "money",
    title: "Where did the money go?",
    caption: `${strategyLabel(headlineStrategy(result))}. ${CAPTION}`,
  };
}

const HINTS: Readonly<Record<MoneyStep["label"], string>> = {
  Gross: "What price moves brought, before costs and funding",
  Fees: "The exchange's fees",
  Slippage: "What trading at worse prices than the bar's cost",
  Funding: "Payments between longs and shorts; positive if received",
  Model: "What asking the language model cost",
  Net: "What is left: gross and the three together",
};
