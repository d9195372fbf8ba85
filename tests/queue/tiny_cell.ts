/** A small planned grid, and what stands in for its cells where only the queue is tried. */
import { sha256 } from "popagent/core/hash.ts";
import { cellsOf } from "popagent/experiments/grid/grid.ts";
import { planCell, requestOf } from "popagent/experiments/grid/plan_cell.ts";
import { marketOf } from "popagent/experiments/market.ts";
import type { CellFiles, CellRequest } from "popagent/experiments/ports/cells.ts";
import { populationConfig } from "../run_config.ts";

const config = populationConfig({
  data: { source: "synthetic" },
  market: { rows: 1000 },
  population: { size: 3, transferEvery: 1, committeeShare: 9 / 81 },
  iterations: 2,
});

const [first] = cellsOf({
  name: "g",
  question: "?",
  markets: [{ name: "m", marketSeeds: [1], seeds: [1], arms: [{ name: "full", config }] }],
  beside: [],
  keep: ["series"],
});

/** A request as a submitter has it; those of different numbers differ in their hash alone. */
export const requestNumbered = ((planned) => (number: number): CellRequest => ({
  ...requestOf(planned, null),
  key: sha256(`cell ${number}`),
}))(planCell(first!, marketOf(first!.config).panel, "code"));

/** What a stand-in leaves for a request: other bytes for each. */
export function filesFor({ key }: Pick<CellRequest, "key">): CellFiles {
  return { result: `{"of":"${key}"}\n`, series: new TextEncoder().encode(`series of ${key}`), events: null };
}
