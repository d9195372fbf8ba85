import assert from "node:assert/strict";
import { ancestryOf } from "popagent/experiments/genealogy/ancestry.ts";
import type { Branch } from "popagent/experiments/genealogy/branch.ts";
import { lineagesOf } from "popagent/experiments/genealogy/lineage.ts";
import type { Replay, ReplayName } from "popagent/experiments/genealogy/replay_schedule.ts";
import { effectsOf } from "popagent/experiments/genealogy/role_effects.ts";
import type { Specialists } from "popagent/experiments/genealogy/specialists.ts";
import { branchFigure, branchTable } from "popagent/figures/branch.ts";
import { genomePathsFigure } from "popagent/figures/genome_paths.ts";
import { lineageFigure } from "popagent/figures/lineage.ts";
import { replayFigure, replayTable } from "popagent/figures/replay.ts";
import { roleEffectsFigure, roleEffectsTable } from "popagent/figures/role_effects.ts";
import { specialistsFigure, specialistsTable } from "popagent/figures/specialists.ts";
import { byRole, ROLES } from "popagent/genome/role.ts";
import { rng } from "popagent/core/rng.ts";
import { busy } from "../population/busy_run.ts";
import { assertTidy, drawFigure } from "../fixtures/drawn_figure.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const { result, series } = createRunFixture({ iterations: 30 });
const events = busy.map(({ event }) => event);
const { openTime } = series, champion = series.equity.champion!, other = series.equity.committee!;
const account = (equity: Float64Array) =>
  ({ equity, startingEquity: 10_000 }) as unknown as Branch["accounts"][0]["branch"];
const branch = {
  intervention: { without: "transfer", at: [2] },
  leftOut: { lessons: 4, mutants: 0 },
  sameRows: 108,
  accounts: [{ name: "champion", stored: champion, branch: account(other) }],
  iterations: events,
  distances: byRole(() => events.map((_, k) => k > 2 ? 0.02 / k : 0)),
  openTime,
} as Branch;
const metrics = { totalReturn: 0.1, sharpe: 1, sharpeError: 0.5, maxDrawdown: 0.05 };
const replay = {
  winner: events.at(-1)!.champion,
  roles: ["trader"],
  lineages: lineagesOf(events, events.at(-1)!.champion),
  schedules: (["champion", "schedule", "first", "last"] as ReplayName[]).map((name, i) => ({
    name,
    metrics,
    changes: [0],
    series: account(i % 2 === 0 ? champion : other),
  })),
  openTime,
} as unknown as Replay;
const random = rng("genealogy figures", 1);
const cells = () => Array.from({ length: 5 }, () => [0, 1, 2].map(() => 1e-4 * random.normal()));
const found = {
  kind: "trend",
  regimes: ["bull", "bear", "side"],
  bars: [400, 300, 380],
  roles: ROLES.map((role) => ({
    role,
    variants: ["trend", "meanReversionWithAVeryLongName", "trend", "volatility", "crossAsset"],
    advantage: cells(),
    interaction: cells(),
    reliability: role === "risk" ? null : 0.31,
    p: 0.045,
    choice: { regimeTold: 0.1, cramersV: 0.3 },
    choiceP: 0.4,
  })),
} as unknown as Specialists;
const effects = effectsOf(
  Array.from({ length: 81 }, () => random.normal()),
  byRole((role) => ["a", "b", "c"].map((name) => `${role} ${name}`)),
);

for (const size of ["page", "column", "phone"] as const) {
  Deno.test(`figures of what was learned are tidy on a ${size}`, () => {
    assertTidy(lineageFigure(result, events, size));
    for (const role of ROLES) assertTidy(genomePathsFigure(result, events, role, size));
    assertTidy(branchFigure(result, branch, size));
    assertTidy(replayFigure(result, replay, size));
    assertTidy(specialistsFigure(result, found, size));
    assertTidy(roleEffectsFigure(result, effects, size));
  });
}

Deno.test("lineageFigure() draws an arc for every lesson, a triangle for every mutant and a band for every founder's share", () => {
  const drawn = drawFigure(lineageFigure(result, events));
  for (const role of ROLES) {
    const own = (all: readonly { readonly role: string }[]) => all.filter((one) => one.role === role).length;
    const arcs = drawn.mark(`lessons ${role}`).filter(({ localName }) => localName === "path");
    assert.equal(arcs.length, own(events.flatMap(({ transfers }) => transfers)));
    assert.equal(drawn.mark(`mutants ${role}`).length, own(events.flatMap(({ mutations }) => mutations)));
    assert.ok(drawn.mark(`bands ${role}`).length > 3);
  }
});

Deno.test("ancestryOf(): after m lessons of tau a student keeps (1 - tau)^m of its own, and shares sum to 1", () => {
  const ancestry = ancestryOf(events, "trader", events[0]!.agents.trader[0]!.genome.length);
  ancestry.flat().forEach((shares) => {
    assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-12);
  });
  const lessons = events.flatMap(({ transfers }) => transfers).filter(({ role }) => role === "trader");
  const student = [0, 1, 2].find((agent) => lessons.filter((one) => one.student === agent).length === 2)!;
  assert.ok(lessons.every(({ tau }) => tau === 0.4));
  const common = 6; // baseSize .. entryThreshold
  const own = ancestryOf(events, "trader", common).at(-1)![student]![student]!;
  assert.ok(Math.abs(own - 0.36) < 1e-9, `${own}`);
});

Deno.test("tables of what was learned say what it was, and that it is hindsight or one path", () => {
  assert.deepEqual(replayTable(result, replay).rows.map(({ strong }) => strong), [false, true, false, false]);
  assert.match(replayTable(result, replay).caption, /hindsight.*SYNTHETIC/s);
  assert.match(replayTable(result, replay).caption, /Trader alone is followed/);
  const table = branchTable(result, branch);
  assert.equal(table.title, "The same run without the transfer at 2");
  assert.match(table.caption, /4 lessons and 0 mutants/);
  assert.equal(
    branchTable(result, { ...branch, accounts: [{ ...branch.accounts[0]!, branch: account(champion) }] })
      .rows[0]!.cells[5],
    "the same",
  );
  assert.match(specialistsTable(result, found).rows[0]!.cells[3]!, /^bull: .*; bear: .*; side: /);
  assert.equal(roleEffectsTable(result, effects).rows.length, 6);
});
