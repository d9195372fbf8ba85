import type { ModelComparison } from "../experiments/decisions/compare_models.ts";
import { decisionAnswersTable } from "./decision_answers_table.ts";
import { decisionConsistencyTable } from "./decision_consistency_table.ts";
import { decisionControlsTable } from "./decision_controls_table.ts";
import { decisionCostTable } from "./decision_cost_table.ts";
import { decisionFormTable } from "./decision_form_table.ts";
import { decisionMemoryTable } from "./decision_memory_table.ts";
import { decisionDirectionsTable, decisionPairsTable } from "./decision_pairs_table.ts";
import { decisionQualityTable } from "./decision_quality_table.ts";
import type { Table } from "./table.ts";

/** Every table of a comparison of models, in the order in which it is read. */
export function decisionTables(comparison: ModelComparison): readonly Table[] {
  return [
    decisionQualityTable(comparison),
    decisionControlsTable(comparison),
    decisionFormTable(comparison),
    decisionConsistencyTable(comparison),
    decisionMemoryTable(comparison),
    decisionCostTable(comparison),
    decisionPairsTable(comparison),
    decisionDirectionsTable(comparison),
    decisionAnswersTable(comparison),
  ];
}
