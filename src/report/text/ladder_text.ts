/** The ladder of learning as text. */
import { type Ladder, type Rung, rungHolds } from "../../experiments/evidence/ladder.ts";
import { mean } from "../../stats/moments.ts";
import { paragraph } from "./paragraph.ts";
import { plainTable } from "./plain_table.ts";
import { checkText } from "./validation_text.ts";

/** Rungs with their checks, then what moves the declared pipelines. */
export function ladderText(rungs: readonly Rung[], { fields, rows, ic }: Ladder): string {
  const lines = rungs.flatMap(({ name, question, must, checks, missing }) => [
    paragraph(
      `${name} ${question}${must ? checks.length > 0 ? " (must hold)" : " (must hold, NOT RUN)" : ""}`,
    ),
    ...checks.map((check) => paragraph(checkText(check), "  ", "    ")),
    ...(missing === "" ? [] : [paragraph(missing, "  ", "    ")]),
  ]);
  const head = `!! SYNTHETIC DATA (markets of ${rows} rows, IC ${ic}). The ladder of learning:`;
  return [
    paragraph(head),
    ...lines,
    "",
    paragraph(ladderEnd(rungs)),
    ...(fields.length === 0 ? [] : ["", varianceText(fields)]),
  ].join("\n");
}

/** How many rungs must hold, and how they and the others stand. */
export function ladderEnd(rungs: readonly Rung[]): string {
  const must = rungs.filter((rung) => rung.must), others = rungs.filter((rung) => !rung.must);
  const names = (some: readonly Rung[]) => some.map(({ name }) => name).join(", ");
  const told = (some: readonly Rung[]) =>
    ([["hold", true, "s"], ["FAIL", false, "S"], ["not run, or too few markets to judge", null, ""]] as const)
      .flatMap(([word, holds, one]) => {
        const own = some.filter((rung) => rungHolds(rung) === holds);
        return own.length === 0
          ? []
          : [`${own.length} ${word}${own.length === 1 ? one : ""} (${names(own)})`];
      }).join(", ");
  return `${must.length} rungs must hold: ${told(must)}. ${others.length} are reported: ${told(others)}.`;
}

function varianceText(fields: Ladder["fields"]): string {
  const share = (of: (field: Ladder["fields"][number]) => number) =>
    `${(100 * mean(fields.map(of))).toFixed(1)} %`;
  const { main, pairs } = fields[0]!;
  const rows = [
    ...Object.keys(main).map((
      role,
    ) => [role, share((field) => field.main[role]!), share((field) => field.shapley[role]!)]),
    ...Object.keys(pairs).map((pair) => [pair, share((field) => field.pairs[pair]!), ""]),
    ["three and four together", share(({ rest }) => rest), ""],
  ];
  return [
    `What moves the Sharpe ratios of all declared pipelines, mean share of variance over ${fields.length} planted markets:`,
    plainTable([["Roles", "left"], ["Alone", "right"], ["With even parts of all it shares", "right"]], rows),
  ].join("\n");
}
