import { drawdownChecks, type DrawdownMarket, meansByAgent } from "../../experiments/drawdown_proof.ts";
import { plainTable } from "./plain_table.ts";

/** Means over the markets of each kind, and what must hold of them. */
export function drawdownProofText(markets: readonly DrawdownMarket[]): string {
  return [...new Set(markets.map(({ market }) => market))].map((kind) => {
    const own = markets.filter(({ market }) => market === kind);
    const name = `${kind} (${own.length} market${own.length === 1 ? "" : "s"})`;
    const rows = meansByAgent(own).map(({ variant, limit, maxDrawdown, overLimit, wanted, halved, cap }) => [
      variant,
      limit.toFixed(2),
      maxDrawdown.toFixed(3),
      overLimit.toFixed(2),
      wanted.toFixed(2),
      halved!.toFixed(3),
      cap!.toFixed(2),
    ]);
    const numbers = ["Limit", "Max DD", "Over", "Wanted", "Halved", "Cap"] as const;
    return [
      `Drawdown of the declared pipelines, ${name}; means over the pipelines of each risk agent:`,
      plainTable([["Risk agent", "left"], ...numbers.map((label) => [label, "right"] as const)], rows),
      "",
      ...drawdownChecks(name, own).map(({ rule, measured, holds }) =>
        `${holds ? "holds" : "FAILS"}: ${rule}: ${measured}`
      ),
    ].join("\n");
  }).join("\n\n");
}
