import type { RunResult, RunSeries } from "../../experiments/result.ts";
import { resultTable, tradingTable } from "../../figures/result_table.ts";
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
  const tables = [resultTable(result), tradingTable(result)];
  const hints = tables.flatMap(({ columns }) => columns.slice(1)).map(({ label, hint }) =>
    paragraph(`${label}: ${hint}`, "  ", "    ")
  );
  return [
    answersText(result, series),
    "",
    ...result.warnings.map((warning) => paragraph(`!! ${warning}`, "", "   ")),
    ...tables.flatMap((table, i) => [
      "",
      table.title,
      textTable(table),
      ...(i === 0 ? fieldText(result).map((text) => paragraph(text, "  ")) : []),
    ]),
    "",
    paragraph("* is the headline. Oracles know what nobody can know; they are lines to compare with."),
    ...hints,
  ].join("\n");
}
