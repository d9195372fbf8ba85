/** A study of methods as text: skill, widths, coverage, thresholds. */
import {
  type CoverageMarket,
  methodChecks,
  type MethodProof,
  methodSkills,
  type SkillMarket,
} from "../../experiments/method_proof.ts";
import { paragraph } from "./paragraph.ts";
import { type PlainColumn, plainTable } from "./plain_table.ts";
import { checkText } from "./validation_text.ts";

const left = (label: string): PlainColumn => [label, "left"];
const right = (label: string): PlainColumn => [label, "right"];

/** All tables of a study. */
export function methodProofText(proof: MethodProof): string {
  return [
    ...(proof.planted.length > 0
      ? [skillText(`${proof.planted.length} planted markets of IC ${proof.settings.ic}`, proof.planted)]
      : []),
    ...(proof.null.length > 0 ? [skillText(`${proof.null.length} null markets`, proof.null)] : []),
    ...(proof.real.length > 0 ? [skillText("Development rows of real bars", proof.real)] : []),
    scaleText(proof),
    ...proof.coverage.map(coverageText),
    methodChecks(proof).map((check) => paragraph(checkText(check), "", "  ")).join("\n"),
  ].join("\n\n");
}

function skillText(what: string, markets: readonly SkillMarket[]): string {
  return `${what}: the mean one bar ahead against the same distribution with mean zero\n${
    plainTable(
      [left("Method"), right("t"), right("p"), right("Markets at 1 %")],
      methodSkills(markets).map(({ method, t, p, rejected }) => [
        method,
        t.toFixed(2),
        p.toPrecision(2),
        `${rejected}`,
      ]),
    )
  }`;
}

/** Skill in scale, means left out: share of the shared width's score that is saved, and its t; a pair of columns a set of markets. */
function scaleText({ planted, null: nothing, real }: MethodProof): string {
  const sets = [["Planted", planted], ["Null", nothing], ["Real rows", real]] as const;
  const measured = sets.flatMap(([name, markets]) =>
    markets.length > 0 ? [{ name, skills: methodSkills(markets) }] : []
  );
  const methods = measured[0]?.skills.map(({ method }) => method) ?? [];
  return `Skill in scale: what each width saves of the shared one's score, means left out\n${
    plainTable(
      [left("Method"), ...measured.flatMap(({ name }) => [right(`${name} %`), right("t")])],
      methods.map((method, i) => [
        method,
        ...measured.flatMap(({ skills }) => [
          (100 * skills[i]!.scale).toFixed(2),
          skills[i]!.scaleT.toFixed(1),
        ]),
      ]),
    )
  }`;
}

function coverageText({ market, cells }: CoverageMarket): string {
  const keys = [...new Set(cells.map(({ calibration, horizon }) => `${calibration} ${horizon}`))];
  return `${market}: 90 % intervals over the last year, coins from least to most covered\n${
    plainTable(
      [left("Calibration"), right("Bars"), right("Least %"), right("Most %"), right("Mean width %")],
      keys.map((key) => {
        const own = cells.filter(({ calibration, horizon }) => `${calibration} ${horizon}` === key);
        const shares = own.map(({ covered, count }) => 100 * covered / count);
        const width = own.reduce((sum, cell) => sum + cell.width, 0) / own.length;
        const [calibration, horizon] = key.split(" ");
        return [
          calibration!,
          horizon!,
          Math.min(...shares).toFixed(1),
          Math.max(...shares).toFixed(1),
          (100 * width).toFixed(2),
        ];
      }),
    )
  }`;
}
