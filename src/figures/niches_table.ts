import { NICHES, type Niches } from "../experiments/genealogy/niches.ts";
import type { RunResult } from "../experiments/result.ts";
import { displayed } from "./displayed.ts";
import { count, decimal, percent, pText, signed, signedPercent } from "./format.ts";
import { agentLabels, ROLE_NAMES } from "./role_name.ts";
import { runSubtitle } from "./run_subtitle.ts";
import type { Table } from "./table.ts";

/** What specialists of the first half earned in the second, in their own regime and in another's. */
export function nichesTable(result: RunResult, niches: Niches): Table {
  return displayed({
    name: `niches_${niches.kind}`,
    title: `In the wrong niche: specialists by ${niches.kind}`,
    caption: `${
      foundText(niches)
    } Found in the first half of the run, frozen, and traded over its second half (${
      count(niches.iterations.length)
    } windows), each window by the regime known at its decision. ${estimateText(niches)} ${
      runSubtitle(result)
    }`,
    columns: [
      { label: "Who trades", align: "left", hint: "One account each, with all costs" },
      { label: "Net return", align: "right", hint: "Over the second half" },
      { label: "Sharpe", align: "right", hint: "Annual, net" },
      { label: "SE", align: "right", hint: "Standard error of the Sharpe ratio" },
      { label: "Drawdown", align: "right", hint: "Largest" },
    ],
    rows: niches.accounts.map(({ name, metrics }) => ({
      strong: name === "own",
      cells: [
        NICHES[name],
        signedPercent(metrics.totalReturn),
        decimal(metrics.sharpe),
        decimal(metrics.sharpeError),
        percent(metrics.maxDrawdown),
      ],
    })),
  });
}

function foundText({ found, regimes, specialists, iterations }: Niches): string {
  if (found.length === 0) return "Nobody was found: in each role one agent is best in every regime.";
  return found.map((role) => {
    const labels = agentLabels(iterations[0]!.agents[role].map(({ variant }) => variant));
    const who = regimes.map((regime, i) => `${regime} ${labels[specialists[role][i]!]!}`).join(", ");
    return `${ROLE_NAMES[role]}: ${who}.`;
  }).join(" ");
}

function estimateText({ estimate, found }: Niches): string {
  if (estimate === null) return found.length === 0 ? "" : "Whether the wrong niche costs cannot be told.";
  const { difference, lower, upper, p } = estimate;
  return `Own less wrong: ${signed(difference)} annual Sharpe ratio (95% interval ${signed(lower)} to ${
    signed(upper)
  }, p ${pText(p)}, one path).`;
}
