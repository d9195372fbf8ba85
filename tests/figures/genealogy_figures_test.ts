import assert from "node:assert/strict";
import { ancestryOf } from "popagent/experiments/genealogy/ancestry.ts";
import { branchFigure, branchTable } from "popagent/figures/branch.ts";
import { genomePathsFigure } from "popagent/figures/genome_paths.ts";
import { lineageFigure } from "popagent/figures/lineage.ts";
import { replayFigure, replayTable } from "popagent/figures/replay.ts";
import { roleEffectsFigure, roleEffectsTable } from "popagent/figures/role_effects.ts";
import { specialistsFigure, specialistsTable } from "popagent/figures/specialists.ts";
import { ROLES } from "popagent/genome/role.ts";
import { assertTidy, drawFigure } from "../fixtures/drawn_figure.ts";
import {
  account,
  branch,
  effects,
  events,
  found,
  replay,
  result,
  series,
} from "../fixtures/genealogy_fixture.ts";

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
    branchTable(result, {
      ...branch,
      accounts: [{ ...branch.accounts[0]!, branch: account(series.equity.champion!) }],
    })
      .rows[0]!.cells[5],
    "the same",
  );
  assert.match(specialistsTable(result, found).rows[0]!.cells[3]!, /^bull: .*; bear: .*; side: /);
  assert.equal(roleEffectsTable(result, effects).rows.length, 6);
});
