/** A proof of selection as text: choices by pool and world, then thresholds. */
import {
  mostChosen,
  SELECTION_POOLS,
  selectionChecks,
  type SelectionProof,
} from "../../experiments/selection_proof.ts";
import { mean } from "../../stats/moments.ts";
import { paragraph } from "./paragraph.ts";
import { plainTable } from "./plain_table.ts";
import { checkText } from "./validation_text.ts";

/** All of a proof. */
export function selectionProofText(proof: SelectionProof): string {
  const rows = Object.entries(SELECTION_POOLS).flatMap(([pool, read]) =>
    (["planted", "null"] as const).flatMap((mode) => {
      const outcomes = proof.markets.filter((market) => market.mode === mode).map(read);
      if (outcomes.length === 0) return [];
      const shares = outcomes.map((one) => one.shares[mostChosen(one)]!);
      const pruned = mean(outcomes.map((one) => one.pruned.length));
      return [[pool, mode, `${outcomes.length}`, (100 * mean(shares)).toFixed(0), pruned.toFixed(1)]];
    })
  );
  const checks = selectionChecks(proof).map((check) => paragraph(checkText(check), "", "  ")).join("\n");
  return `${
    plainTable([
      ["Pool", "left"],
      ["World", "left"],
      ["Markets", "right"],
      ["Chosen most %", "right"],
      ["Pruned", "right"],
    ], rows)
  }\n\n${checks}`;
}
