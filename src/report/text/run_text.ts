import type { RunResult, RunSeries } from "../../experiments/result.ts";
import { resultTable, riskTable, tradingTable } from "../../figures/result_table.ts";
import { absencesIn } from "../../figures/data_answer.ts";
import { fieldText } from "../../figures/learning_answer.ts";
import type { Table } from "../../figures/table.ts";
import { answersText } from "./answers_text.ts";
import { fittedTable } from "./fit_table.ts";
import { paragraph } from "./paragraph.ts";
import { TEXT_WIDTH } from "./width.ts";

/** A table as text, columns two spaces apart; a strong row is marked by a star. */
export function textTable(table: Table): string {
  return fittedTable(table, TEXT_WIDTH);
}

/** The result of a run as text: the answers first, then what was missing and said, the tables and what their columns mean. */
export function resultText(result: RunResult, series: RunSeries): string {
  const tables = [resultTable(result), tradingTable(result), riskTable(result)];
  const missing = absencesIn(result); // said among the answers
  const warnings = result.warnings.filter((warning) => !missing.includes(warning))
    .map((warning) => paragraph(`!! ${warning}`, "", "   "));
  return [
    answersText(result, series),
    ...(warnings.length > 0 ? ["", ...warnings] : []),
    ...tables.flatMap((table, i) => [
      "",
      table.title,
      textTable(table),
      ...(i === 0 ? fieldText(result).map((text) => paragraph(text, "  ")) : []),
      paragraph(hintsText(table), "  "),
    ]),
    "",
    paragraph("* is the headline. Oracles know what nobody can know; they are lines to compare with."),
  ].join("\n");
}

/** What the columns of numbers mean, as one text. */
function hintsText({ columns }: Table): string {
  return columns.slice(1).map(({ label, hint }) => `${label}: ${hint}.`).join(" ");
}
