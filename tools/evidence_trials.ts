/**
 * Do the verdicts hold what they promise? Whole studies through the code that judges the paper's: how often anything
 * is claimed where the null is imposed, how often "no effect" is claimed of an effect of the margin, how often an
 * interval covers, and how often an effect of the size that was planned for is found. Writes
 * tests/results/evidence_trials.json.
 */
import { loadRuns } from "popagent/adapters/evidence/load_runs.ts";
import { rng } from "popagent/core/rng.ts";
import { contrastValues } from "popagent/experiments/evidence/contrast_values.ts";
import { sealedCell } from "popagent/experiments/evidence/evidence_record.ts";
import { summarise } from "popagent/experiments/evidence/summarise.ts";
import { swapPairs } from "popagent/experiments/evidence/swap_pairs.ts";
import { meanBootstrap } from "popagent/stats/mean_bootstrap.ts";
import { detectableEffect } from "popagent/stats/power.ts";
import { signFlipTest } from "popagent/stats/sign_flip.ts";
import { mean } from "popagent/stats/moments.ts";
import type { EvidenceRecord } from "popagent/experiments/evidence/evidence_record.ts";
import { recordOf } from "../tests/experiments/evidence/record.ts";

const STUDIES = 200, REPLICATIONS = 1000, PAIRS = 20, ALPHA = 0.05;
type Random = ReturnType<typeof rng>;

const lognormal = (random: Random) => (Math.exp(random.normal()) - Math.exp(0.5)) / 2;

/** A record whose noise is drawn anew. */
function redrawn(record: EvidenceRecord, random: Random, noise: (random: Random) => number): EvidenceRecord {
  const cells = record.cells.map(({ hash: _, ...cell }) =>
    sealedCell({ ...cell, measures: { populationMean: cell.measures.populationMean! + noise(random) } })
  );
  return { ...record, cells };
}

/** Studies with any win or loss where transfer .5 and diversity -.3 are true, but which arm is which is swapped. */
function falseClaims(name: string, noise: (random: Random) => number): number {
  const base = recordOf({ markets: PAIRS, transfer: 0.5, diversity: -0.3, noise: 0 });
  const { transfer, diversity } = base.registration.evidence.claims;
  let studies = 0;
  for (let k = 0; k < STUDIES; k++) {
    const random = rng("evidence trials", name, k);
    const record = swapPairs(redrawn(base, random, noise), [transfer!, diversity!], random.uniform);
    const { claims } = summarise(record, { draws: 99 });
    if (claims.some(({ ruling }) => ruling === "win" || ruling === "lose")) studies++;
  }
  return studies;
}

/** Studies with any "no effect" where each main effect is exactly the margin. */
function falseEquivalences(): number {
  const base = recordOf({ markets: PAIRS, transfer: 0.25, diversity: -0.25, noise: 0 });
  let studies = 0;
  for (let k = 0; k < STUDIES; k++) {
    const random = rng("evidence trials", "margin", k);
    const record = redrawn(base, random, (one) => 0.3 * one.normal());
    const main = summarise(record, { draws: 99 }).claims.filter(({ name }) => name !== "interaction");
    if (main.some(({ ruling }) => ruling === "no effect")) studies++;
  }
  return studies;
}

/** Share of 95 % intervals that hold the true mean. */
function coverage(name: string, draw: (random: Random) => number, truth: number): number {
  let covered = 0;
  for (let k = 0; k < REPLICATIONS; k++) {
    const random = rng("evidence trials", "coverage", name, k);
    const values = Float64Array.from({ length: PAIRS }, () => draw(random));
    const { lower, upper } = meanBootstrap(
      values,
      { blockLength: 1, draws: 999, confidence: 1 - ALPHA },
      random.uniform,
    );
    if (lower <= truth && truth <= upper) covered++;
  }
  return covered / REPLICATIONS;
}

/** Share of studies in which the smallest detectable effect is found. */
function powerFound(): number {
  const d = detectableEffect(PAIRS, ALPHA, 0.8);
  let found = 0;
  for (let k = 0; k < REPLICATIONS; k++) {
    const random = rng("evidence trials", "power", k);
    if (signFlipTest(Float64Array.from({ length: PAIRS }, () => d + random.normal())) <= ALPHA) found++;
  }
  return found / REPLICATIONS;
}

/** Differences of all contrasts of a stored grid, each less its mean, in one heap. */
async function pooled(file: string): Promise<number[]> {
  const { cells, registration: { evidence, markets } } = await loadRuns(file);
  return Object.values(evidence.claims).flatMap((contrast) =>
    Object.keys(markets).flatMap((market) => {
      const { differences } = contrastValues(cells, contrast, market, evidence.outcome);
      const centre = mean(differences);
      return [...differences].map((value) => value - centre);
    })
  );
}

const [file] = Deno.args;
const empirical = file === undefined ? null : await pooled(file);
const result = {
  studies: STUDIES,
  pairs: PAIRS,
  tests: 6,
  falseClaims: {
    normal: falseClaims("normal", (random) => 0.3 * random.normal()),
    lognormal: falseClaims("lognormal", lognormal),
  },
  falseEquivalencesAtMargin: falseEquivalences(),
  replications: REPLICATIONS,
  coverage: {
    normal: coverage("normal", (random) => random.normal(), 0),
    lognormal: coverage("lognormal", lognormal, 0),
    ...(empirical === null ? {} : {
      [file!]: coverage(
        "empirical",
        ({ uniform }) => empirical[Math.floor(uniform() * empirical.length)]!,
        0,
      ),
    }),
  },
  power: { planned: 0.8, found: powerFound() },
};
await Deno.writeTextFile(
  new URL("../tests/results/evidence_trials.json", import.meta.url),
  `${JSON.stringify(result, null, 2)}\n`,
);
console.log(result);
