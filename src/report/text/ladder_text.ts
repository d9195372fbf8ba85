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
  const head =
    `!! SYNTHETIC DATA: L3, L5 and L6 on markets of ${rows} rows, IC ${ic}; the others read studies of their own. ` +
    "The ladder of learning:";
  return [
    paragraph(head),
    ...lines,
    "",
    paragraph(ladderEnd(rungs)),
    ...(fields.length === 0 ? [] : ["", varianceText(fields)]),
  ].join("\n");
}

/** How many rungs must hold and how they stand, then the others. */
export function ladderEnd(rungs: readonly Rung[]): string {
  const others = rungs.filter(({ must }) => !must);
  return `${mustEnd(rungs)} ${others.length} are reported: ${standing(others)}.`;
}

/** How those stand that must hold: "3 rungs must hold: 1 holds (L5), 2 FAIL (L0, L3)." */
export function mustEnd(rungs: readonly Rung[]): string {
  const must = rungs.filter((rung) => rung.must);
  return `${must.length} rungs must hold: ${standing(must)}.`;
}

function standing(rungs: readonly Rung[]): string {
  const of = (holds: boolean | null, one: string, several: string) => {
    const own = rungs.filter((rung) => rungHolds(rung) === holds);
    const names = own.map(({ name }) => name).join(", ");
    return own.length === 0 ? [] : [`${own.length} ${own.length === 1 ? one : several} (${names})`];
  };
  const open = "not run, or too few markets to judge";
  return [...of(true, "holds", "hold"), ...of(false, "FAILS", "FAIL"), ...of(null, open, open)].join(", ");
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
