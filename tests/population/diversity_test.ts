import assert from "node:assert/strict";
import fc from "fast-check";
import { agentOf } from "popagent/agents/agent.ts";
import { VARIANTS } from "popagent/agents/catalogue.ts";
import type { Role } from "popagent/genome/role.ts";
import type { Genome } from "popagent/genome/genome.ts";
import { startGenome } from "popagent/agents/variant.ts";
import {
  COLLAPSE_BELOW,
  measureDiversity,
  novelties,
  parameterDiversity,
} from "popagent/population/diversity.ts";
import type { DiversityReading } from "popagent/events/iteration.ts";
import type { Outputs } from "popagent/agents/outputs.ts";
import { assertAllClose, assertClose } from "../close_to.ts";

/** Analysts of one variant, with these common genes. */
function analysts(points: readonly (readonly number[])[]): Genome[] {
  const { variant, coordinates } = startGenome(VARIANTS.analyst[0]!);
  return points.map((point) => ({
    variant,
    coordinates: coordinates.map((own, i) => i < 5 ? point[i] ?? .5 : own),
  }));
}

/** One output per agent: a channel of each state, all others standing still. */
function outputsOf(role: Role, channels: number, columns: readonly (readonly number[])[]): Outputs[] {
  return columns.map((states) => {
    const values = new Float64Array(states.length * channels);
    states.forEach((value, s) => {
      if (role === "analyst") {
        values[s * channels + 2] = value;
        values[s * channels + 3] = 1 - value;
      } else values[s * channels] = value;
    });
    return { states: states.length, channels, values };
  });
}

function measure(genomes: readonly Genome[], outputs?: readonly Outputs[]): DiversityReading {
  const agents = genomes.map((genome) => agentOf("analyst", genome));
  return measureDiversity(
    "analyst",
    agents,
    genomes,
    outputs ?? outputsOf("analyst", 5, genomes.map(() => [.5])),
  );
}

// Golden: protocol 4.3, five points in the plane, computed in Python with mean pairwise distance .598823569910253
// and, with a length scale of .5, a Vendi score of 2.865127239686062. Our distance divides by sqrt(5 genes).
const PLANE = [[.1, .5], [.2, .4], [.9, .8], [.5, .1], [.3, .9]];

Deno.test("parameterDiversity() is the golden mean pairwise distance", () => {
  const genomes = analysts(PLANE);
  const agents = genomes.map((genome) => agentOf("analyst", genome));
  assertClose(parameterDiversity(agents, genomes), .598823569910253 / Math.sqrt(5), 1e-14);
  // Mean over agents of the mean distance to the others is the mean over pairs.
  const mean = novelties(agents, genomes).reduce((sum, x) => sum + x, 0) / 5;
  assertClose(mean, .598823569910253 / Math.sqrt(5), 1e-14);
});

Deno.test("the effective number of agents is the golden Vendi score", () => {
  const scale = .2 / .5 * Math.sqrt(5); // brings the golden length scale to ours
  assertClose(
    measure(analysts(PLANE.map(([x, y]) => [scale * x!, scale * y!]))).effective,
    2.865127239686062,
    1e-10,
  );
});

Deno.test("the effective number runs from one for clones to all for strangers", () => {
  const clones = measure(analysts(Array(5).fill([.3, .3])));
  assert.equal(clones.parameter, 0);
  assertClose(clones.effective, 1, 1e-9);
  assert.ok(clones.effective < COLLAPSE_BELOW);
  const corner = (i: number) => [0, 1, 2, 3, 4].map((k) => k === i ? 1 : 0);
  const strangers = measure(analysts([0, 1, 2, 3, 4].map(corner)));
  assert.ok(strangers.effective > 4.5, `${strangers.effective}`);
});

Deno.test("shrinking all differences shrinks every measure", () => {
  const point = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(
      fc.array(point, { minLength: 3, maxLength: 5 }),
      fc.double({ min: .05, max: .9, noNaN: true }),
      (points, by) => {
        fc.pre(points.some((a) => points.some((b) => a.some((x, i) => Math.abs(x - b[i]!) > .1))));
        const shrunk = points.map((xs) => xs.map((x) => .5 + by * (x - .5)));
        const [wide, narrow] = [measure(analysts(points)), measure(analysts(shrunk))];
        assertClose(narrow.parameter, by * wide.parameter, 1e-12); // absolute: a tenth apart is a tenth as diverse
        assert.ok(narrow.effective < wide.effective);
      },
    ),
    { seed: 7 },
  );
});

// By hand, two analysts in one state: bull probability 1 against 0 is the largest divergence there is, ln 2.
Deno.test("outputs: divergence is 1 for opposite decisions, 0 for equal ones", () => {
  const two = analysts([[.4], [.6]]);
  assertClose(measure(two, outputsOf("analyst", 5, [[1], [0]])).output, 1, 1e-12);
  const same = measure(two, outputsOf("analyst", 5, [[.7, .2], [.7, .2]]));
  assert.equal(same.output, 0);
  assert.equal(same.behaviour, 0);
});

// By hand: two traders' convictions (1, 0) and (-1, 0) over two states. Pooled sd of 1, 0, -1, 0 is sqrt(2/3); one of
// six channels is apart by 2 in one of two states: sqrt(4/(2/3) / 12) = sqrt(.5). Divergence: ln 2 in one state of two.
Deno.test("behaviour is the distance of outputs in sd of each channel", () => {
  const genomes = [0, 1].map((i) => startGenome(VARIANTS.trader[i]!));
  const agents = genomes.map((genome) => agentOf("trader", genome));
  const outputs = outputsOf("trader", 6, [[1, 0], [-1, 0]]);
  const reading = measureDiversity("trader", agents, genomes, outputs);
  assertAllClose([reading.behaviour, reading.output], [Math.SQRT1_2, .5], 1e-12);
});
