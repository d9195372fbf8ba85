import assert from "node:assert/strict";
import type { IterationEvent } from "popagent/events/iteration.ts";
import { branchRun } from "popagent/experiments/genealogy/branch.ts";
import { lineageOf } from "popagent/experiments/genealogy/lineage.ts";
import { replaySchedule } from "popagent/experiments/genealogy/replay_schedule.ts";
import { openStoredPopulation } from "popagent/experiments/genealogy/stored_population.ts";
import { ROLES } from "popagent/genome/role.ts";
import { panel } from "../../population/small_run.ts";
import { MEMO, opened, storedRun } from "./genealogy_run.ts";

const population = await opened();
const equityOf = (population: Awaited<ReturnType<typeof opened>>, name: string) =>
  population.run.series.equity[name]!;

Deno.test("lineageOf() follows a copy to its teacher, and stays where a lesson moved an agent part of the way", () => {
  const agents = (genomes: readonly number[][]) => ({
    trader: genomes.map((genome, i) => ({ variant: i < 2 ? "patient" : "scalper", genome })),
  });
  const lesson = (teacher: number, student: number, after: number[]) => ({
    role: "trader",
    teacher,
    student,
    after,
  });
  const events = [
    { k: 0, agents: agents([[.1], [.2], [.3]]), transfers: [lesson(1, 0, [.2])] }, // a copy
    { k: 1, agents: agents([[.24], [.2], [.3]]), transfers: [lesson(1, 0, [.22]), lesson(0, 2, [.24])] },
    { k: 2, agents: agents([[.22], [.2], [.24]]), transfers: [] },
  ] as unknown as IterationEvent[];
  const of = (agent: number) => lineageOf(events, "trader", agent).map((one) => [one.k, one.agent]);
  assert.deepEqual(of(0), [[0, 1], [1, 0], [2, 0]]);
  assert.deepEqual(of(2), [[0, 2], [1, 2], [2, 2]], "another variant keeps who it is");
  assert.deepEqual(lineageOf(events, "trader", 0)[0]!.genome, { variant: "patient", coordinates: [.2] });
  assert.throws(() => lineageOf(events, "trader", 3), /one of 3 of the role trader/);
  assert.throws(() => lineageOf([], "trader", 0), RangeError);
});

Deno.test("issue 13: population-based training leaves copies, and their lineage leads to their teachers", async () => {
  const { iterations } = await opened({ learning: "pbt", variants: "homogeneous", transferEvery: 1 });
  const [lesson] = iterations[1]!.transfers;
  const lineage = lineageOf(iterations.slice(0, 3), lesson!.role, lesson!.student);
  assert.deepEqual(lineage.map(({ agent }) => agent).slice(1), [lesson!.teacher, lesson!.student]);
});

Deno.test("issue 13: the champion's windows traded again are its stored equity, bit for bit; one bit off is refused", async () => {
  const { schedules, openTime, lineages } = replaySchedule(population);
  const [champion, schedule, first, last] = schedules;
  assert.deepEqual(champion!.series.equity, equityOf(population, "champion"));
  assert.equal(schedule!.series.equity.length, openTime.length);
  assert.ok(
    ROLES.some((role) => new Set(lineages[role].map(({ genome }) => `${genome.coordinates}`)).size > 1),
  );
  assert.deepEqual([first!.changes, last!.changes], [[0], [0]]);
  assert.ok(schedule!.changes.length > 1);
  const run = await storedRun();
  const equity = run.series.equity.champion!.slice();
  equity[9] = equity[9]! * (1 + 2 ** -52);
  const moved = { ...run, series: { ...run.series, equity: { ...run.series.equity, champion: equity } } };
  assert.throws(
    () => replaySchedule(openStoredPopulation(moved, panel, MEMO)),
    /must come out as it is stored/,
  );
});

Deno.test("issue 13: a schedule of no role, or of a run that learned nothing, is the winner's first genes, bit for bit", async () => {
  const still = replaySchedule(await opened({ transfer: "none", mutation: "off" })).schedules;
  for (const replay of [replaySchedule(population, { roles: [] }).schedules, still]) {
    const [, schedule, first, last] = replay;
    assert.deepEqual(schedule!.series.equity, first!.series.equity);
    assert.deepEqual(last!.series.equity, first!.series.equity);
  }
  const own = replaySchedule(population, { agents: { trader: 0 }, roles: ["trader"] });
  assert.equal(own.winner.trader, 0);
  assert.throws(() => replaySchedule(population, { agents: { trader: 9 } }), /one of 3 of the role trader/);
});

for (const without of ["transfer", "mutation", "learning"] as const) {
  Deno.test(`issue 13: a branch without ${without} at 2 is the run bit for bit up to the end of its window, and another after it`, () => {
    const branch = branchRun(population, { without, at: [2] });
    const { iterations } = population;
    assert.equal(branch.sameRows, iterations[2]!.lastRow - population.plan.window.from + 1);
    for (const { name, stored, branch: { equity } } of branch.accounts) {
      assert.deepEqual(equity.slice(0, branch.sameRows), stored.slice(0, branch.sameRows), name);
    }
    assert.deepEqual(branch.iterations.slice(0, 2), iterations.slice(0, 2));
    assert.deepEqual(branch.iterations[2]!.agents, iterations[2]!.agents);
    const moved = ROLES.filter((role) => branch.distances[role][3]! > 0);
    assert.ok(moved.length > 0 && ROLES.every((role) => branch.distances[role][2] === 0));
    assert.ok(branch.accounts.some(({ stored, branch: { equity } }) => `${stored}` !== `${equity}`));
    assert.equal(branch.accounts[0]!.name, "champion");
    const { lessons, mutants } = branch.leftOut;
    assert.equal(lessons > 0, without !== "mutation");
    assert.equal(mutants > 0, without !== "transfer");
  });
}

Deno.test("issue 13: a branch without any transfer is the arm without transfer, and one without learning of a role is its lesion, to the byte", async () => {
  const none = await opened({ transfer: "none" });
  const branch = branchRun(population, { without: "transfer", at: [2, 4] });
  assert.deepEqual(branch.accounts[0]!.branch.equity, equityOf(none, "champion"));
  const lesion = await opened({ frozen: ["trader"] });
  const still = branchRun(population, { without: "learning", at: [2, 4], roles: ["trader"] });
  for (const { name, branch: { equity } } of still.accounts) assert.deepEqual(equity, equityOf(lesion, name));
});

Deno.test("a branch where nothing was learned, past the end or of one role's lessons is refused, and says where it could be", () => {
  const branch = (at: number[], without: "transfer" | "mutation" = "transfer", roles?: "trader"[]) => () =>
    branchRun(population, { without, at, ...(roles ? { roles } : {}) });
  assert.throws(branch([1]), /it was in iterations 2, 4/);
  assert.throws(branch([]), /iterations must be of 0 to 4: current value is none/);
  assert.throws(branch([7]), /current value is 7/);
  assert.throws(branch([2], "transfer", ["trader"]), /by role as all learning must be left out/);
});
