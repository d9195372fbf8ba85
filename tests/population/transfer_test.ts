import assert from "node:assert/strict";
import fc from "fast-check";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import { decodeGenome, type Genome, settle } from "popagent/genome/genome.ts";
import { geneSet, type Variant } from "popagent/agents/variant.ts";
import { rng } from "popagent/core/rng.ts";
import type { Outputs } from "popagent/agents/outputs.ts";
import { channelScales, outputDistance } from "popagent/population/reference_states.ts";
import {
  geneImportance,
  importantGenes,
  type Lesson,
  scheduledTau,
  TRANSFERS,
} from "popagent/population/transfer.ts";
import { assertAllClose, assertClose } from "../close_to.ts";

// Analysts: five common genes, then a simplex of weights that stays home.
const COMMON = 5;
const STATES = 40;
const OPERATORS = Object.entries(TRANSFERS);
const MOVING = OPERATORS.filter(([name]) => name !== "none");

type Run = (genome: Genome) => Outputs;

const CHANNELS = 4;
const GENES = 10;
const COEFFICIENTS = Float64Array.from(
  { length: STATES * CHANNELS * GENES },
  ((random) => () => random.normal())(rng("coefficients")),
);
const coefficient = (state: number, channel: number, gene: number) =>
  COEFFICIENTS[(state * CHANNELS + channel) * GENES + gene]!;

/** Outputs of four channels that bend with every gene, own ones included, as an agent's do. */
const bent: Run = ({ coordinates }) =>
  outputs((state, channel) => {
    let sum = 0;
    coordinates.forEach((x, i) => sum += x * coefficient(state, channel, i) / (1 + i % COMMON));
    return Math.tanh(sum);
  });

/** Outputs of four channels, each a straight line in every common gene. */
const straight: Run = ({ coordinates }) =>
  outputs((state, channel) => {
    let sum = 0;
    for (let i = 0; i < COMMON; i++) sum += coordinates[i]! * coefficient(state, channel, i);
    return sum;
  });

function outputs(value: (state: number, channel: number) => number): Outputs {
  const values = Float64Array.from(
    { length: STATES * CHANNELS },
    (_, i) => value(Math.floor(i / CHANNELS), i % CHANNELS),
  );
  return { states: STATES, channels: CHANNELS, values };
}

function genome(variant: Variant, seed: number): Genome {
  const random = rng("genome", variant.name, seed);
  const { common, own } = geneSet(variant);
  return {
    variant: variant.name,
    coordinates: settle(geneSet(variant), [...common, ...own].map(() => random.uniform())),
  };
}

const [STUDENT, TEACHER] = [VARIANTS.analyst[2]!, VARIANTS.analyst[0]!] as const;

function lesson(seed: number, change: Partial<Lesson> = {}): Lesson {
  const student = genome(STUDENT, seed), teacher = genome(TEACHER, seed + 1);
  const run = change.run ?? bent;
  const scales = () => channelScales([run(student), run(teacher)]);
  return {
    student,
    teacher,
    studentGenes: geneSet(STUDENT),
    teacherGenes: geneSet(TEACHER),
    tau: .4,
    share: .5,
    run,
    scales,
    importance: () => geneImportance(teacher, geneSet(TEACHER), run, scales()),
    ...change,
  };
}

const seeds = fc.nat({ max: 10_000 });
const check = (property: fc.IProperty<[number]>, numRuns = 15) => fc.assert(property, { seed: 7, numRuns });

for (const [name, transfer] of OPERATORS) {
  Deno.test(`transfers.${name}() with tau = 0 keeps every bit of the student`, () => {
    check(fc.property(seeds, (seed) => {
      const given = lesson(seed, { tau: 0 });
      assert.deepEqual(transfer(given), { genome: given.student, outputDistance: null });
    }));
  });

  Deno.test(`transfers.${name}() leaves own genes home, the variant as it is, and genes within their bounds`, () => {
    check(fc.property(seeds, (seed) => {
      const given = lesson(seed);
      const before = JSON.stringify([given.student, given.teacher]);
      const taught = transfer(given).genome;
      assert.equal(taught.variant, STUDENT.name);
      assert.deepEqual(taught.coordinates.slice(COMMON), given.student.coordinates.slice(COMMON));
      assert.ok(taught.coordinates.every((x) => x >= 0 && x <= 1));
      assert.equal(JSON.stringify([given.student, given.teacher]), before, "nobody is changed in place");
    }));
  });
}

Deno.test("none teaches nothing", () => {
  const given = lesson(1);
  assert.deepEqual(TRANSFERS.none(given).genome, given.student);
});

Deno.test("distinct operators give distinct genomes", () => {
  check(fc.property(seeds, (seed) => {
    const given = lesson(seed);
    const common = OPERATORS.map(([, transfer]) =>
      String(transfer(given).genome.coordinates.slice(0, COMMON))
    );
    assert.equal(new Set(common).size, OPERATORS.length);
  }));
});

// Protocol 4.2: after m soft updates the gap is (1 - tau)^m of what it was.
Deno.test("soft updates close the gap by (1 - tau)^m; tau = 1 copies the common genes", () => {
  check(fc.property(seeds, (seed) => {
    let given = lesson(seed, { tau: .1 });
    const gap = (of: Genome) =>
      given.teacher.coordinates.slice(0, COMMON).map((x, i) => x - of.coordinates[i]!);
    const before = gap(given.student);
    for (let m = 0; m < 7; m++) given = { ...given, student: TRANSFERS.softUpdate(given).genome };
    assertAllClose(gap(given.student), before.map((x) => .9 ** 7 * x), 1e-14);
    const copied = TRANSFERS.softUpdate({ ...given, tau: 1 }).genome;
    assertAllClose(gap(copied), new Array(COMMON).fill(0), 1e-15);
  }));
});

Deno.test("selective with share 1 equals the soft update, with share 0 none", () => {
  check(fc.property(seeds, (seed) => {
    const all = lesson(seed, { share: 1 }), nothing = lesson(seed, { share: 0 });
    assert.deepEqual(TRANSFERS.selective(all), TRANSFERS.softUpdate(all));
    assert.deepEqual(TRANSFERS.selective(nothing), TRANSFERS.none(nothing));
  }));
});

Deno.test("selective moves the genes that matter most, as many as the share says, ties to the earlier", () => {
  const given = lesson(1, { importance: () => [1, 5, 2, 5, 0], share: .5 }); // ceil(.5 x 5) = 3
  const { coordinates } = TRANSFERS.selective(given).genome;
  const soft = TRANSFERS.softUpdate(given).genome.coordinates;
  for (const i of [1, 2, 3]) assert.equal(coordinates[i], soft[i]);
  for (const i of [0, 4]) assert.equal(coordinates[i], given.student.coordinates[i]);
  assert.deepEqual(importantGenes([2, 2, 2], .4), [true, true, false]);
  assert.deepEqual(importantGenes([0, 1], 0), [false, false]);
});

for (const name of ["distillation", "hybrid"] as const) {
  Deno.test(`transfers.${name}(): the output distance falls, or the student stays as it was`, () => {
    let fell = 0;
    check(
      fc.property(seeds, (seed) => {
        const given = lesson(seed);
        const { genome: taught, outputDistance: reported } = TRANSFERS[name](given);
        const own = bent(given.student), best = bent(given.teacher);
        const target = { ...own, values: own.values.map((x, i) => .6 * x + .4 * best.values[i]!) };
        const distance = (of: Genome) => outputDistance(bent(of), target, given.scales());
        assertClose(reported![0], distance(given.student), 1e-12);
        assertClose(reported![1], distance(taught), 1e-12);
        if (reported![1] < reported![0]) fell++;
        else assert.deepEqual(taught, given.student);
      }),
      30,
    );
    assert.ok(fell >= 25, `it fell in ${fell} lessons of 30`);
  });

  Deno.test(`transfers.${name}(): a lesson that cannot be learned leaves the student alone`, () => {
    // Outputs that answer to own genes only: no common gene can bring them nearer.
    const deaf: Run = ({ variant, coordinates }) =>
      outputs((state, channel) =>
        (variant === TEACHER.name ? 1 : 2) * coordinates[COMMON]! * state + channel
      );
    const given = lesson(1, { run: deaf });
    const { genome: taught, outputDistance: reported } = TRANSFERS[name](given);
    assert.deepEqual(taught, given.student);
    assert.equal(reported![0], reported![1]);
    assert.ok(reported![0] > 0);
  });
}

// Where outputs are straight lines in the genes, Gauss-Newton meets the target: (1 - tau) own + tau teacher's.
Deno.test("distillation of straight outputs lands on the mix of the two", () => {
  check(fc.property(seeds, (seed) => {
    const given = lesson(seed, { run: straight });
    const { genome: taught, outputDistance: reported } = TRANSFERS.distillation(given);
    assert.ok(reported![1] < .01 * reported![0], `${reported}`);
    const soft = TRANSFERS.softUpdate(given).genome;
    assertAllClose(taught.coordinates, soft.coordinates, .02);
  }));
});

// By hand: output = sum of s_i x_i z_i(state) with z = +-1, so the squared slope of gene i is s_i^2 in every state.
Deno.test("importance is set, and is the squared sensitivity of the outputs", () => {
  const slopes = [3, 1, 0, 2, .5];
  const known: Run = ({ coordinates }) => ({
    states: 32,
    channels: 1,
    values: Float64Array.from(
      { length: 32 },
      (_, s) => slopes.reduce((sum, slope, i) => sum + slope * coordinates[i]! * (s >> i & 1 ? 1 : -1), 0),
    ),
  });
  const middle = { ...genome(TEACHER, 1), coordinates: genome(TEACHER, 1).coordinates.map(() => .5) };
  const scale = 4;
  const importance = geneImportance(middle, geneSet(TEACHER), known, Float64Array.of(scale));
  assertAllClose(importance, slopes.map((s) => (s / scale) ** 2), 1e-12);
});

Deno.test("importance differs between genes of a real run function and between teachers", () => {
  const of = (seed: number) => {
    const teacher = genome(TEACHER, seed);
    return geneImportance(teacher, geneSet(TEACHER), bent, channelScales([bent(teacher)]));
  };
  assert.equal(new Set(of(1)).size, COMMON);
  assert.notDeepEqual(of(1), of(2));
});

// A horizon of 2 is 2.4 or 1.7 after a step of .05, both rounded to 2: only a step of one unit is felt.
Deno.test("importance of an integer gene takes steps of at least one unit", () => {
  const one = VARIANTS.researcher[0]!;
  const set = geneSet(one);
  const at = set.common.findIndex(({ name }) => name === "shortHorizon");
  const { min, max } = set.common[at]!;
  const start = genome(one, 1);
  const two = {
    ...start,
    coordinates: start.coordinates.map((x, i) => i === at ? Math.log(2 / min) / Math.log(max / min) : x),
  };
  assert.equal(decodeGenome(set, two).shortHorizon, 2);
  const rounded: Run = (given) => ({
    states: 2,
    channels: 1,
    values: Float64Array.of(0, decodeGenome(set, given).shortHorizon!),
  });
  assert.ok(geneImportance(two, set, rounded, Float64Array.of(1))[at]! > 0);
});

// By hand: half-way from .1 to .01 is .055 on a line and sqrt(.001) by a constant factor.
Deno.test("tau follows its schedule", () => {
  assert.equal(scheduledTau("constant", .1, .01, 50, 100), .1);
  const table = [["linear", .055], ["exponential", Math.sqrt(.001)]] as const;
  for (const [schedule, middle] of table) {
    assertClose(scheduledTau(schedule, .1, .01, 0, 100), .1, 1e-15);
    assertClose(scheduledTau(schedule, .1, .01, 50, 100), middle, 1e-15);
    assertClose(scheduledTau(schedule, .1, .01, 100, 100), .01, 1e-15);
    assert.equal(scheduledTau(schedule, 0, 0, 50, 100), 0); // 0 stays 0
  }
});

Deno.test("every operator that moves does move at tau = .4", () => {
  for (const [name, transfer] of MOVING) {
    const given = lesson(3);
    assert.notDeepEqual(transfer(given).genome, given.student, name);
  }
});
