/** docs/VALIDATION.md tells the stored numbers of the studies whose tables no tool prints. */
import assert from "node:assert/strict";
import { readJson } from "popagent/adapters/files/json_file.ts";
import { ladderSchema } from "popagent/experiments/evidence/ladder.ts";
import { DECLARED } from "popagent/experiments/declared_five.ts";
import { forecastProofSchema, overAnalysts, skills } from "popagent/experiments/forecast_proof.ts";
import { mean as meanOf } from "popagent/stats/moments.ts";

const root = (path: string) => new URL(`../../${path}`, import.meta.url).pathname;
const told = (await Deno.readTextFile(root("docs/VALIDATION.md")))
  .split("\n").map((line) => line.replaceAll(/ +/g, " ").replaceAll("**", ""));
const short = (value: number, digits: number) => value.toFixed(digits).replace(/^(-?)0\./, "$1.");

/** Mean and standard error as a row's two cells. */
function estimate(values: readonly number[], digits: number): string {
  const mean = meanOf(values), n = values.length;
  const error = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) / n);
  return `${short(mean, digits)} | ${short(error, digits)}`;
}

Deno.test("docs/VALIDATION.md tells each researcher's stored IC, skill and coverage", async () => {
  const { mean, width, real } = await readJson(
    root("results/validation/forecasts.json"),
    forecastProofSchema,
  );
  const rows = [
    `| planted truth | ${estimate(mean.map((one) => one.truth), 4)} |`,
    `| plain ridge (the floor) | ${estimate(mean.map((one) => overAnalysts(one.floor)), 4)} |`,
    `| mean of all 25 | ${estimate(mean.map((one) => one.together), 4)} |`,
  ];
  const synthetic = skills(width), onBars = skills(real);
  for (const name of DECLARED.researcher) {
    rows.push(`| ${name} | ${estimate(mean.map((one) => overAnalysts(one.researchers[name]!)), 4)} |`);
    const [made, bars] = [synthetic, onBars].map((all) =>
      all.filter(({ researcher }) => researcher === name)
    );
    const cells = [made!, bars!].flatMap((all) => [
      all.map(({ skill }) => short(100 * skill, 2)).join(" / "),
      all.map(({ covered }) => short(100 * covered, 1)).join(" / "),
    ]);
    const t = real[0]!.accuracy.filter(({ researcher }) => researcher === name)
      .map(({ hln }) => short(hln, 1)).join(" / ");
    rows.push(
      `| ${name} | ${made!.map(({ horizon }) => horizon).join(" / ")} | ${cells.join(" | ")} | ${t} |`,
    );
  }
  for (const row of rows) assert.ok(told.includes(row), row);
});

Deno.test("docs/VALIDATION.md tells the stored role credit of the ladder, and in how many markets it is the trader's", async () => {
  const { credit } = await readJson(root("results/validation/ladder.json"), ladderSchema);
  const roles = ["analyst", "researcher", "trader", "risk"] as const;
  const gain = (role: typeof roles[number]) =>
    credit.map(({ withEdge, withoutEdge }) => withEdge[role] - withoutEdge[role]);
  for (const role of roles) {
    const row = `| ${role} | ${estimate(gain(role), 2)} |`;
    assert.ok(told.includes(row), row);
  }
  const largest = gain("trader").filter((value, i) => roles.every((role) => gain(role)[i]! <= value)).length;
  assert.ok(told.some((line) => line.includes(`largest in ${largest} of ${credit.length} markets`)));
});
