/**
 * How often each test of src/stats rejects a true null hypothesis at 5 %, by simulation; writes docs/TEST_SIZES.md.
 * `deno task sizes`; the same numbers at each run. Not a test: sizes are stated, not demanded.
 */
import { interquartileMean, stratifiedInterval } from "popagent/stats/aggregate.ts";
import { ljungBox } from "popagent/stats/ljung_box.ts";
import { berkowitzTest } from "popagent/stats/berkowitz.ts";
import { stationaryBootstrap } from "popagent/stats/bootstrap.ts";
import { christoffersenTest, kupiecTest } from "popagent/stats/coverage.ts";
import { dieboldMariano } from "popagent/stats/diebold_mariano.ts";
import { eceNull } from "popagent/stats/ece_null.ts";
import { sharpeDifferenceBootstrap, sharpeDifferenceTest } from "popagent/stats/ledoit_wolf.ts";
import { meanBootstrap } from "popagent/stats/mean_bootstrap.ts";
import { neweyWest, neweyWestError } from "popagent/stats/newey_west.ts";
import { normalCdf } from "popagent/stats/normal.ts";
import { pairedTest } from "popagent/stats/paired.ts";
import { uniformityTest } from "popagent/stats/pit.ts";
import { realityCheck } from "popagent/stats/reality_check.ts";
import { robustLjungBox } from "popagent/stats/robust_ljung_box.ts";
import { signFlipDraws, signFlipTest } from "popagent/stats/sign_flip.ts";
import { stepdown } from "popagent/stats/stepdown.ts";
import { superiorAbility } from "popagent/stats/superior_ability.ts";
import { signedRankTest } from "popagent/stats/wilcoxon.ts";
import { rng } from "popagent/core/rng.ts";

type Random = ReturnType<typeof rng>;
/** Named p-values of tests on the same data; 1 where a test refuses the data, as Diebold and Mariano's may. */
type Draw = (random: Random) => Readonly<Record<string, number>>;

interface Study {
  /** What is drawn; the null hypothesis holds in it. */
  readonly data: string;
  readonly repetitions: number;
  readonly draw: Draw;
}

const LEVEL = 0.05;

const series = (n: number, value: (i: number) => number) =>
  Float64Array.from({ length: n }, (_, i) => value(i));

/** Student's t with 5 degrees of freedom, scaled to variance 1. */
function heavy(random: Random): number {
  let squares = 0;
  for (let k = 0; k < 5; k++) squares += random.normal() ** 2;
  return random.normal() / Math.sqrt(squares / 5) * Math.sqrt(3 / 5);
}

/** Uncorrelated returns whose volatility clusters: GARCH(1,1), annual volatility about 50 %. */
function clustered(random: Random, n: number, noise: (random: Random) => number): Float64Array {
  const alpha = 0.1, beta = 0.88, variance = 1.2e-4;
  let h = variance;
  return series(n, () => {
    const r = Math.sqrt(h) * noise(random);
    h = (1 - alpha - beta) * variance + alpha * r * r + beta * h;
    return r;
  });
}

/** Two-sided tests of a mean of 0 on few independent differences. */
const meanTests = (n: number, difference: (random: Random) => number): Draw => (random) => {
  const values = series(n, () => difference(random));
  return {
    "`pairedTest` (t)": pairedTest(values).p,
    ...(n <= 20
      ? { "`signFlipTest`": signFlipTest(values) }
      : { "`signFlipDraws`": signFlipDraws(values, 999, random.uniform) }),
    "`signedRankTest`": signedRankTest(values).p,
    "`meanBootstrap`, block 1":
      meanBootstrap(values, { blockLength: 1, draws: 999, confidence: 0.95 }, random.uniform).p,
  };
};
const lognormal = (random: Random) => Math.exp(random.normal()) - Math.exp(0.5);

/** Squared errors of two equally good forecasters over h overlapping bars: both moving averages of order h - 1. */
const accuracyTests = (n: number, h: number): Draw => (random) => {
  const errors = () => {
    const shocks = series(n + h - 1, () => random.normal());
    return series(n, (i) => shocks.subarray(i, i + h).reduce((sum, z) => sum + z, 0));
  };
  const a = errors(), b = errors();
  const differences = a.map((e, i) => e * e - b[i]! * b[i]!);
  const orOne = (test: () => number) => {
    try {
      return test();
    } catch (error) {
      if (error instanceof RangeError) return 1;
      throw error;
    }
  };
  const bootstrap = (blockLength: number) =>
    n >= 5 * blockLength
      ? {
        [`\`meanBootstrap\`, block ${blockLength}`]: meanBootstrap(
          differences,
          { blockLength, draws: 499, confidence: 0.95 },
          random.uniform,
        ).p,
      }
      : {};
  return {
    "`dieboldMariano` (HLN)": orOne(() => dieboldMariano(differences, h).p),
    ...(h > 1
      ? { "the same on every h-th forecast": dieboldMariano(differences.filter((_, i) => i % h === 0), 1).p }
      : {}),
    ...bootstrap(h),
    ...(h > 1 ? bootstrap(4 * h) : {}),
  };
};

const memoryTests = (draw: (random: Random) => Float64Array): Draw => (random) => {
  const values = draw(random);
  return {
    "`ljungBox`, 10 lags": ljungBox(values, 10).p,
    "`robustLjungBox`, 10 lags": robustLjungBox(values, 10).p,
    "`neweyWest`, lag 5": neweyWest(values, 5).p,
  };
};

/** The 95 % interval of the interquartile mean; runs and tasks are all alike and the true value is 0. */
const aggregateMisses = (runs: number): Draw => (random) => {
  const scores = Array.from({ length: runs }, () => series(5, () => random.normal()));
  const { lower, upper } = stratifiedInterval(scores, interquartileMean, 499, 0.95, random.uniform);
  return { "`stratifiedInterval` of the interquartile mean": lower <= 0 && upper >= 0 ? 1 : 0 };
};

/** Two strategies of equal Sharpe ratio, correlated .8, over 500 bars. */
const sharpeTests = (draw: (random: Random) => Float64Array): Draw => (random) => {
  const common = draw(random), u = draw(random), v = draw(random);
  const x = common.map((r, i) => 5e-4 + 0.8 * r + 0.6 * u[i]!),
    y = common.map((r, i) => 5e-4 + 0.8 * r + 0.6 * v[i]!);
  return {
    "`sharpeDifferenceTest`": sharpeDifferenceTest(x, y).p,
    "`sharpeDifferenceBootstrap`, block 6": sharpeDifferenceBootstrap(x, y, 6, 499, random.uniform).p,
  };
};

/** Ten strategies that are as good as the benchmark, over 500 bars. */
const snoopingTests = (draw: (random: Random) => Float64Array): Draw => (random) => {
  const differences = Array.from({ length: 10 }, () => draw(random));
  const stream = () => stationaryBootstrap(5, random.uniform);
  const errors = differences.map((column) => neweyWestError(column, 4));
  return {
    "`realityCheck`": realityCheck(differences, 499, stream()).p,
    "`superiorAbility`, consistent": superiorAbility(differences, 499, 5, stream()).consistent,
    "`stepdown`, any of ten": Math.min(...stepdown(differences, errors, 499, stream())),
  };
};

const coverageTests = (n: number): Draw => (random) => {
  const exceeded = series(n, () => random.uniform() < 0.05 ? 1 : 0);
  return {
    "`kupiecTest`, tail 5 %": kupiecTest(exceeded.reduce((sum, x) => sum + x, 0), n, 0.05).p,
    "`christoffersenTest`": christoffersenTest(exceeded).p,
  };
};

const calibrationTests = (n: number): Draw => (random) => {
  const z = series(n, () => random.normal());
  const probabilities = series(n, () => random.uniform());
  const outcomes = probabilities.map((p) => random.uniform() < p ? 1 : 0);
  return {
    "`eceNull`, 10 bins": eceNull(probabilities, outcomes, 10, 199, random.uniform).p,
    "`uniformityTest`": uniformityTest(z.map(normalCdf)).p,
    "`berkowitzTest`": berkowitzTest(z.map(normalCdf)).p,
  };
};

const white = (n: number) => (random: Random) => series(n, () => 0.01 * random.normal());
const garch = (n: number) => (random: Random) => clustered(random, n, (source) => source.normal());
const garchHeavy = (n: number) => (random: Random) => clustered(random, n, heavy);

const studies: readonly Study[] = [
  { data: "20 normal differences", repetitions: 4000, draw: meanTests(20, (random) => random.normal()) },
  { data: "10 lognormal differences, mean 0", repetitions: 4000, draw: meanTests(10, lognormal) },
  { data: "20 lognormal differences, mean 0", repetitions: 4000, draw: meanTests(20, lognormal) },
  { data: "40 lognormal differences, mean 0", repetitions: 2000, draw: meanTests(40, lognormal) },
  { data: "losses of 100 forecasts, 1 bar ahead", repetitions: 4000, draw: accuracyTests(100, 1) },
  { data: "losses of 100 forecasts, 6 bars ahead", repetitions: 4000, draw: accuracyTests(100, 6) },
  { data: "losses of 100 forecasts, 12 bars ahead", repetitions: 4000, draw: accuracyTests(100, 12) },
  { data: "losses of 1000 forecasts, 12 bars ahead", repetitions: 1000, draw: accuracyTests(1000, 12) },
  { data: "1000 normal returns", repetitions: 4000, draw: memoryTests(white(1000)) },
  { data: "1000 returns, GARCH, normal", repetitions: 4000, draw: memoryTests(garch(1000)) },
  {
    data: "4380 returns, GARCH, t with 5 degrees",
    repetitions: 2000,
    draw: memoryTests(garchHeavy(4380)),
  },
  { data: "5 runs on 5 tasks, 95 % interval misses", repetitions: 4000, draw: aggregateMisses(5) },
  { data: "10 runs on 5 tasks, 95 % interval misses", repetitions: 2000, draw: aggregateMisses(10) },
  { data: "20 runs on 5 tasks, 95 % interval misses", repetitions: 1000, draw: aggregateMisses(20) },
  { data: "two strategies, 500 normal returns", repetitions: 1000, draw: sharpeTests(white(500)) },
  {
    data: "two strategies, 500 returns, GARCH, t with 5 degrees",
    repetitions: 1000,
    draw: sharpeTests(garchHeavy(500)),
  },
  { data: "ten strategies, 500 normal returns", repetitions: 1000, draw: snoopingTests(white(500)) },
  {
    data: "ten strategies, 500 returns, GARCH, t with 5 degrees",
    repetitions: 1000,
    draw: snoopingTests(garchHeavy(500)),
  },
  { data: "250 bars with a value at risk", repetitions: 4000, draw: coverageTests(250) },
  { data: "2000 bars with a value at risk", repetitions: 4000, draw: coverageTests(2000) },
  { data: "300 calibrated forecasts", repetitions: 1000, draw: calibrationTests(300) },
];

function row({ data, repetitions, draw }: Study): string[] {
  const rejections = new Map<string, number>();
  for (let k = 0; k < repetitions; k++) {
    for (const [test, p] of Object.entries(draw(rng("test sizes", data, k)))) {
      rejections.set(test, (rejections.get(test) ?? 0) + (p <= LEVEL ? 1 : 0));
    }
  }
  return [...rejections].map(([test, count]) => {
    const share = count / repetitions, error = Math.sqrt(share * (1 - share) / repetitions);
    return `| ${data} | ${test} | ${(100 * share).toFixed(1)} +- ${(100 * error).toFixed(1)} |`;
  });
}

const rows: string[] = [];
for (const study of studies) {
  const start = performance.now();
  const found = row(study);
  console.log(found.join("\n"), `(${((performance.now() - start) / 1000).toFixed(1)} s)`);
  rows.push(...found);
}

const page = `# Sizes of the tests

How often each test of \`src/stats\` rejects at 5 % where the null hypothesis is true: in percent, with the standard error
of the simulation. Above 5 it claims too much. Written by \`deno task sizes\` (tools/test_sizes.ts), the same numbers each
time; each test is named where it is defined with what to use instead.

| drawn | test | rejects, % |
| --- | --- | --- |
${rows.join("\n")}

GARCH is (.1, .88) at an annual volatility of about 50 %. Losses are squared errors of two equally good forecasters whose
errors overlap as those of forecasts over that many bars do; where Diebold and Mariano's variance is not positive the
test refuses, which counts as no rejection.
`;
await Deno.writeTextFile(new URL("../docs/TEST_SIZES.md", import.meta.url), page);
