import {
  drawdownChecks,
  type DrawdownMarket,
  marketsByKind,
  meansByAgent,
} from "../../experiments/drawdown_proof.ts";
import { plainTable } from "./plain_table.ts";
import { checkText } from "./validation_text.ts";

/** Means over the markets of each kind, and what must hold of them. */
export function drawdownProofText(markets: readonly DrawdownMarket[]): string {
  return marketsByKind(markets).map(({ name, markets: own }) => {
    const rows = meansByAgent(own).map(({ variant, limit, maxDrawdown, overLimit, wanted, halved, cap }) => [
      variant,
      limit.toFixed(2),
      maxDrawdown.toFixed(3),
      overLimit.toFixed(2),
      wanted.toFixed(2),
      halved?.toFixed(3) ?? "-",
      cap?.toFixed(2) ?? "-",
    ]);
    const numbers = ["Limit", "Max DD", "Over", "Wanted", "Halved", "Cap"] as const;
    return [
      `Drawdown of the declared pipelines, ${name}; means over the pipelines of each risk agent:`,
      plainTable([["Risk agent", "left"], ...numbers.map((label) => [label, "right"] as const)], rows),
      "",
      ...drawdownChecks(name, own).map(checkText),
    ].join("\n");
  }).join("\n\n");
}
