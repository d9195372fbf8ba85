import { DECLARED_COINS } from "popagent/core/universe.ts";
import assert from "node:assert/strict";
import { linear } from "popagent/genome/gene.ts";
import { declareMethod, POOLS } from "popagent/inventory/pools.ts";
import { declareVariant, unnamedPlayers, variantNamed, VARIANTS } from "popagent/agents/catalogue.ts";
import { type Role, ROLES } from "popagent/genome/role.ts";
import { analysisOf, forecastOf, limitsOf, planOf } from "popagent/agents/desk.ts";
import { COMMON_GENES } from "popagent/genome/common_genes.ts";
import { genesOf } from "popagent/genome/gene.ts";
import { seedLabel } from "popagent/genome/genome.ts";
import { geneSet, startGenome, type Variant, warmUpOf } from "popagent/agents/variant.ts";
import { declaredPipeline, PARTNERS, syntheticDesk } from "./small_desk.ts";
import { PLAN, planIndex } from "popagent/simulation/plan.ts";

const WEIGHTS = {
  technical: [.3, .3, .2, .2],
  statistical: [.4, .3, .15, .15],
  momentum: [.4, .3, .2, .1],
  volatility: [.35, .25, .2, .2],
  hybrid: [.2, .2, .2, .2, .2],
};

// The starting parameters of the mission's table, typed.
const START: Record<Role, Record<string, readonly number[]>> = {
  analyst: {
    technical: [14, 21, 50, .6, .5, ...WEIGHTS.technical],
    statistical: [20, 60, 120, .4, .6, ...WEIGHTS.statistical],
    momentum: [5, 10, 20, .8, .4, ...WEIGHTS.momentum],
    volatility: [10, 20, 30, .3, .7, ...WEIGHTS.volatility],
    hybrid: [14, 28, 56, .5, .5, ...WEIGHTS.hybrid],
  },
  researcher: {
    statistical: [2, 6, 12, 100],
    ensemble: [2, 6, 12, 50],
    bayesian: [2, 6, 12, 200],
    quantile: [2, 6, 12, 150],
    adaptive: [1, 4, 8, 30],
  },
  trader: {
    aggressive: [.40, 8, .03, 3.0, 1.0],
    conservative: [.15, 2, .01, 1.5, .5],
    momentum: [.30, 5, .02, 2.5, .8],
    contrarian: [.25, 4, .015, 2.0, 1.0],
    adaptive: [.25, 5, .02, 2.0, .75],
  },
  risk: {
    strict: [3, .05, .20, .02, .30],
    moderate: [5, .10, .35, .03, .20],
    dynamic: [6, .12, .40, .04, .15],
    var_based: [5, .08, .30, .025, .25],
    drawdown: [4, .06, .25, .02, .25],
  },
};

const LEVELS: Record<string, readonly number[]> = {
  statistical: [.05, .25, .5, .75, .95],
  ensemble: [.1, .5, .9],
  bayesian: [.05, .5, .95],
  quantile: [.01, .05, .25, .5, .75, .95, .99],
  adaptive: [.1, .5, .9],
};

for (const role of ROLES) {
  Deno.test(`the five ${role} variants start from the mission's parameters, within their genes' bounds`, () => {
    const variants: readonly Variant[] = VARIANTS[role];
    const five = variants.slice(0, 5); // further ones may be declared
    assert.deepEqual(five.map(({ name }) => name), Object.keys(START[role]));
    for (const variant of five) {
      const genes = genesOf(geneSet(variant));
      const declaredValues = genes.map((gene) => variant.start[gene.name]!);
      START[role][variant.name]!.forEach((value, i) => {
        assert.equal(declaredValues[i], value, `${variant.name} ${genes[i]!.name}`);
      });
      for (const x of startGenome(variant).coordinates) assert.ok(x >= 0 && x <= 1);
      assert.ok(warmUpOf(variant) <= 360, `${variant.name} declares ${warmUpOf(variant)} rows`);
    }
  });
}

Deno.test("common genes lead every genome, own genes stay apart, and identity holds no gene", () => {
  for (const role of ROLES) {
    for (const variant of VARIANTS[role] as readonly Variant[]) {
      const common = [
        ...COMMON_GENES[role].map(({ name }) => name as string).filter((name) =>
          !variant.lacks?.includes(name)
        ),
        ...(variant.shares ?? []).map(({ name }) => name),
      ];
      const own = geneSet(variant).own.map(({ name }) => name);
      assert.deepEqual(genesOf(geneSet(variant)).map(({ name }) => name), [...common, ...own]);
      assert.equal(
        new Set([...common, ...own]).size,
        common.length + own.length,
        `${variant.name}: a gene twice`,
      );
      for (const name of Object.keys(variant.start)) assert.ok([...common, ...own].includes(name), name);
      for (const fixed of Object.keys(variant.identity)) {
        assert.ok(!(fixed in variant.start), `${variant.name}: ${fixed} is both gene and identity`);
      }
    }
  }
});

Deno.test("researchers state the mission's quantile levels", () => {
  for (const { name, identity } of VARIANTS.researcher) assert.deepEqual(identity.levels, LEVELS[name]);
});

Deno.test("every variant's output is finite at every row and moves after its warm-up", () => {
  const desk = syntheticDesk();
  const rows = desk.market.panel.rows;
  // Row-major: each column by itself, for one dead column hides among living ones.
  const lively = (values: Float64Array, what: string, warmUp: number) => {
    assert.ok(values.every(Number.isFinite), `${what} is finite`);
    const width = values.length / rows;
    for (let column = 0; column < width; column++) {
      const seen = new Set<number>();
      for (let t = warmUp; t < rows; t++) seen.add(values[t * width + column]!);
      assert.ok(seen.size > 50, `${what} moves in column ${column}: ${seen.size} values`);
    }
  };
  for (const variant of VARIANTS.analyst) {
    const { name } = variant, warmUp = warmUpOf(variant);
    const analysis = analysisOf(desk, declaredPipeline({ ...PARTNERS, analyst: name }));
    for (const { trend, sd, regimes, features } of analysis.coins) {
      for (const values of [trend, sd, regimes, features]) lively(values, name, warmUp);
      assert.ok(trend.every((x) => Math.abs(x) <= 1) && sd.every((x) => x > 0));
      for (let t = 0; t < rows; t++) {
        assert.ok(Math.abs(regimes[3 * t]! + regimes[3 * t + 1]! + regimes[3 * t + 2]! - 1) < 1e-12);
      }
    }
  }
  for (const variant of VARIANTS.researcher) {
    const { name } = variant, warmUp = warmUpOf(variant);
    const { coins } = forecastOf(desk, declaredPipeline({ ...PARTNERS, researcher: name }));
    for (const { mean, sd, pUp } of coins) {
      for (const values of [...mean, ...sd, ...pUp]) lively(values, name, warmUp);
      for (const values of sd) assert.ok(values.every((x) => x > 0));
      for (const values of pUp) assert.ok(values.every((x) => x >= 0 && x <= 1));
    }
  }
  for (const variant of unnamedPlayers("trader")) {
    const { name } = variant, warmUp = warmUpOf(variant);
    const plan = planOf(
      desk,
      declaredPipeline({ ...PARTNERS, analyst: "technical", researcher: "statistical", trader: name }),
    ).values;
    assert.ok(plan.every(Number.isFinite), name);
    for (let coin = 0; coin < desk.tradable.length; coin++) {
      const convictions = Float64Array.from(
        { length: rows },
        (_, t) => plan[planIndex(DECLARED_COINS.length, t, coin) + PLAN.conviction]!,
      );
      lively(convictions, `${name} coin ${coin}`, warmUp);
    }
  }
  for (const { name } of VARIANTS.risk) {
    const { values } = limitsOf(desk, declaredPipeline({ ...PARTNERS, risk: name }));
    assert.ok(values.every((x) => Number.isFinite(x) && x >= 0), name);
  }
});

// The labels that version 0.1.0 gave the twenty declared variants, as seeds of every random draw inside a method.
Deno.test("what seeds a declared variant's methods does not change with what else is declared", () => {
  const stored = JSON.parse(
    Deno.readTextFileSync(new URL("../golden/values/seed_labels.json", import.meta.url)),
  ) as Record<Role, Record<string, string>>;
  for (const role of ROLES) {
    for (const [name, label] of Object.entries(stored[role])) {
      const variant: Variant = variantNamed(role, name);
      assert.equal(seedLabel(geneSet(variant), startGenome(variant)), label);
    }
  }
});

Deno.test("a variant whose methods have genes of one name is refused", () => {
  const [base] = VARIANTS.researcher;
  declareMethod("researcher.calibration", "clashing", {
    ...POOLS["researcher.calibration"].rollingErrors!,
    genes: [linear("shrinkage", 0, 1)],
    start: { shrinkage: 0.5 },
  });
  assert.throws(
    () =>
      declareVariant({ ...base!, name: "clash", identity: { ...base!.identity, calibration: "clashing" } }),
    /researcher clash as its genes must have different names: .* called shrinkage/,
  );
});
