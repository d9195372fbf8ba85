/** What docs/EXPERIMENTS.md says of stored evidence is what it holds. */
import assert from "node:assert/strict";
import { loadRobust } from "popagent/adapters/evidence/load_robust.ts";
import { loadRuns } from "popagent/adapters/evidence/load_runs.ts";
import {
  AGAIN,
  flipContrasts,
  flipTests,
  robustEffects,
} from "popagent/experiments/evidence/robust/robust_record.ts";
import { AS_RUN } from "popagent/experiments/evidence/robust/variations.ts";
import { summarise } from "popagent/experiments/evidence/summarise.ts";

const docs = (await Deno.readTextFile("docs/EXPERIMENTS.md")).replace(/\s+/g, " ").replaceAll("**", "");
const signed = (value: number) => `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(2)}`;
const told = (text: string) => assert.ok(docs.includes(text), `docs/EXPERIMENTS.md must say: ${text}`);

Deno.test("docs/EXPERIMENTS.md tells the verdicts of the stored static_best", async () => {
  const summary = summarise(await loadRuns("results/static_best.json"));
  const names = {
    mirroredStatic: "mirrored committee less the best fixed one",
    mirroredSingle: "mirrored committee less a single agent",
    staticBest: "champion less the best fixed one",
    single: "champion less a single agent",
  };
  assert.deepEqual(summary.claims.map(({ name }) => name).sort(), Object.keys(names).sort());
  for (const { name, ruling, effect, lower, upper, holmP } of summary.claims) {
    const p = holmP < 0.001 ? "< .001" : holmP.toFixed(3).slice(1);
    const between = `(${lower.toFixed(2)} to ${upper.toFixed(2)})`;
    told(`| ${names[name as keyof typeof names]} | ${ruling} | ${signed(effect)} ${between} | ${p} |`);
  }
});

Deno.test("docs/EXPERIMENTS.md tells how far the described accounts of the primary's arms lie apart", async () => {
  const { levels } = summarise(await loadRuns("results/primary.json"), { draws: 99 });
  const meansOf = (measure: string, market: string) =>
    levels.filter((level) => level.measure === measure && level.market === market && level.arm !== null)
      .map(({ mean }) => Number(mean.toFixed(2)));
  const apart = (measure: string, market: string) => {
    const means = meansOf(measure, market);
    return Number((Math.max(...means) - Math.min(...means)).toFixed(2));
  };
  assert.ok(apart("mirrored", "weak") <= 0.04 && apart("mirrored", "strong") <= 0.04);
  told("the same in all arms within .04 on planted markets");
  told(`champions within ${apart("champion", "strong").toFixed(2).slice(1)} at IC .10`);
  const [full] = meansOf("champion", "weak"), neither = meansOf("champion", "weak").at(-1)!;
  told(`that of full earns ${full!.toFixed(2)} and that of neither ${neither.toFixed(2)}`);
});

Deno.test("docs/EXPERIMENTS.md tells the stored robustness of the primary and of its flipped histories", async () => {
  const [weak, real] = await Promise.all(["primary", "primary_real"].map(async (grid) => {
    const record = await loadRuns(`results/${grid}.json`), robust = (await loadRobust(record))!;
    return { record, robust, effects: robustEffects(robust, "populationMean") };
  }));
  const others = weak!.effects.slice(1);
  assert.equal(others.length, 13);
  told(`it is ${signed(weak!.effects[0]!.effect)} (SE 0.05, 20 markets) as run`);
  const [least, most] = [Math.min, Math.max].map((of) => signed(of(...others.map(({ effect }) => effect))));
  told(`between ${least} and ${most} under the thirteen other terms`);
  for (const { effect, se } of others) assert.ok(Math.abs(effect) < 2 * se!, "told from zero under none");
  const realAt = (name: string) => signed(real!.effects.find(({ variation }) => variation === name)!.effect);
  told(`it is ${realAt("asRun")} (SE 0.06, over five seeds of one market) as run`);
  told(`${realAt("oneBarLate")} one bar late and ${realAt("averagePrice")} at average prices`);
  told(
    `but ${realAt("cost0")} without costs, ${realAt("cost10")} at 10 bp and ${
      realAt("cost15")
    } (SE 0.18) at 15 bp`,
  );
  for (
    const { contrast, effect, p, histories } of flipTests(
      real!.robust,
      flipContrasts(real!.record.registration.evidence),
    )
  ) {
    assert.equal(histories, 99);
    told(`${contrast} ${signed(effect)}, p ${p.toFixed(2).slice(1)}`);
  }
});

Deno.test("what was traded again as run is what the grid stored, to the bit: population mean, champion, mirrored committee", async () => {
  for (const grid of ["primary", "primary_real"]) {
    const record = await loadRuns(`results/${grid}.json`), robust = (await loadRobust(record))!;
    const outer = robust.cells.filter(({ arm }) => AGAIN.some((one) => one === arm));
    assert.equal(outer.length, grid === "primary" ? 40 : 10);
    for (const { label, again } of outer) {
      const { measures } = record.cells.find((cell) => cell.label === label)!;
      const asRun = again.find(({ variation }) => variation === AS_RUN.name)!;
      for (const measure of ["populationMean", "champion", "mirrored"] as const) {
        assert.equal(asRun[measure], measures[measure], `${label} ${measure}`);
      }
    }
  }
});

Deno.test("docs/EXPERIMENTS.md tells what mirrored committees earn under other terms", async () => {
  const [weak, real] = await Promise.all(
    ["primary", "primary_real"].map(async (grid) =>
      robustEffects((await loadRobust(await loadRuns(`results/${grid}.json`)))!, "mirrored")
    ),
  );
  for (const [where, effects] of [["At IC .06", weak!], ["On real rows", real!]] as const) {
    assert.deepEqual(effects.map(({ variation }) => variation), ["asRun", "cost0", "cost15", "oneBarLate"]);
    const [asRun, free, dear, late] = effects.map(({ effect, se }) =>
      `${signed(effect)} (SE ${se!.toFixed(2)})`
    );
    told(
      `${where} they differ by ${asRun} as run, ${free} without costs, ${dear} at 15 bp and ${late} one bar late`,
    );
  }
});
