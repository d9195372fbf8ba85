/** The study of methods: what is stored of it, what docs/VALIDATION.md says of it, and how it judges. */
import assert from "node:assert/strict";
import { readJson } from "popagent/adapters/files/json_file.ts";
import type { SkillCell } from "popagent/experiments/method_market.ts";
import {
  methodChecks,
  methodProofSchema,
  methodSkills,
  type SkillMarket,
} from "popagent/experiments/method_proof.ts";
import { POOLS } from "popagent/inventory/pools.ts";
import { assertClose } from "../close_to.ts";

const STORED = new URL("../../results/validation/methods.json", import.meta.url).pathname;
const DOC = new URL("../../docs/VALIDATION.md", import.meta.url);
const proof = await readJson(STORED, methodProofSchema);
const seeds = (from: number, count: number) => Array.from({ length: count }, (_, i) => `${from + i}`);

Deno.test("issue 15: the stored study has every forecaster on 20 planted and 40 null fresh markets and on real rows; every threshold holds", () => {
  assert.deepEqual(proof.settings, { rows: 4380, from: 720, ic: 0.1 });
  assert.deepEqual(proof.planted.map(({ market }) => market), seeds(1201, 20));
  assert.deepEqual(proof.null.map(({ market }) => market), seeds(2402, 40));
  assert.deepEqual(proof.real.map(({ market }) => market), ["development rows"]);
  for (const { cells } of [...proof.planted, ...proof.null, ...proof.real]) {
    assert.deepEqual(cells.map(({ method }) => method), Object.keys(POOLS["researcher.forecasting"]));
  }
  const said = methodChecks(proof).map(({ holds, measured }) => [holds, measured]);
  assert.deepEqual(said, [
    [true, "16 of 17"],
    [true, "0 (arimax)"],
    [true, "91.0 % (adaptiveConformal, XRP, 1 bars)"],
    [true, "92.8 % (conformalPid, XRP, 6 bars)"],
  ]);
});

Deno.test("docs/VALIDATION.md has the stored study's figures, and none of real rows shows skill in the mean", async () => {
  const doc = (await Deno.readTextFile(DOC)).replace(/ +/g, " ");
  const [planted, nothing, real] = [proof.planted, proof.null, proof.real].map((one) => methodSkills(one));
  planted!.forEach((one, i) => {
    const sets = [one, nothing![i]!, real![i]!];
    const means = [
      one.t.toFixed(1),
      one.rejected,
      sets[1]!.t.toFixed(1),
      sets[1]!.rejected,
      sets[2]!.t.toFixed(1),
    ];
    const scales = sets.map(({ scale, scaleT }) => `${(100 * scale).toFixed(2)} (${scaleT.toFixed(1)})`);
    for (const cells of [means, scales]) {
      const row = `| \`${one.method}\` | ${cells.join(" | ")} |`;
      assert.ok(doc.includes(row), `docs/VALIDATION.md must have the row ${row}`);
    }
  });
  assert.ok(real!.every(({ rejected }) => rejected === 0));
  const { cells } = proof.coverage[0]!;
  for (const calibration of Object.keys(POOLS["researcher.calibration"])) {
    const columns = [1, 6, 12].map((bars) => {
      const own = cells.filter((cell) => cell.calibration === calibration && cell.horizon === bars);
      const shares = own.map(({ covered, count }) => 100 * covered / count);
      const width = 100 * own.reduce((sum, cell) => sum + cell.width, 0) / own.length;
      return `${Math.min(...shares).toFixed(1)} to ${Math.max(...shares).toFixed(1)} (${width.toFixed(2)})`;
    });
    const row = `| \`${calibration}\` | ${columns.join(" | ")} |`;
    assert.ok(doc.includes(row), `docs/VALIDATION.md must have the row ${row}`);
  }
});

const cell = (method: string, sum: number, squares: number): SkillCell => ({
  method,
  rows: 101,
  sum,
  squares,
  scale: 90,
  shared: 100,
  saved: sum,
  savedSquares: squares,
});
const market = (...cells: SkillCell[]): SkillMarket => ({ market: "1", cells });

// By hand: mean .1, mean square .26, variance .25, sd / sqrt(100) = .05: t = 2 of one market, .0139 of 101 rows or so.
Deno.test("methodSkills() pools rows of markets, and counts the markets on which a method rejects by itself", () => {
  const [one] = methodSkills([market(cell("a", 10.1, 26.26))]);
  assertClose(one!.t, 2, 1e-12);
  assertClose(one!.scaleT, 2, 1e-12);
  assertClose(one!.scale, .1, 1e-12);
  assert.equal(one!.rejected, 0);
  const [both] = methodSkills([market(cell("a", 10.1, 26.26)), market(cell("a", 20.2, 29.29))]);
  assertClose(both!.t, 0.15 / Math.sqrt((0.275 - 0.0225) / 201), 1e-12);
  assert.equal(both!.rejected, 1, "t = 4 of the second");
});

Deno.test("methodChecks() says which threshold is missed, and by what", () => {
  const lucky = Array.from({ length: 40 }, (_, i) => market(cell("a", i < 3 ? 20.2 : 0, 29.29)));
  const covered = {
    calibration: "splitConformal",
    horizon: 1,
    coin: "BTC",
    count: 100,
    covered: 87,
    width: 1,
  };
  const checks = methodChecks({
    ...proof,
    planted: [market(cell("a", 20.2, 29.29))],
    null: lucky,
    coverage: [{ market: "x", cells: [covered, { ...covered, horizon: 6, covered: 87 }] }],
  });
  assert.deepEqual(checks.map(({ holds }) => holds), [false, false, false, true]);
  assert.deepEqual(checks.map(({ measured }) => measured).slice(0, 2), ["1 of 1", "3 (a)"]);
});
