import assert from "node:assert/strict";
import { nichesOf } from "popagent/experiments/genealogy/niches.ts";
import { tradeSchedule } from "popagent/experiments/genealogy/replay_schedule.ts";
import { teamGenomesOf } from "popagent/experiments/genealogy/team_genomes.ts";
import { nichesTable } from "popagent/figures/niches_table.ts";
import { byRole, ROLES } from "popagent/genome/role.ts";
import { panel } from "../../population/small_run.ts";
import { opened } from "./genealogy_run.ts";

const population = await opened();
const { iterations } = population, rows = panel.rows;
/** Regimes that alternate by window; in regime i agent i of the trader earns more, and agent 0 of every other role always. */
const trend = Int8Array.from({ length: rows }, (_, t) => Math.floor(t / 36) % 2);
const regimes = { trend, volatility: new Int8Array(rows) };
const table = (later: number) =>
  ({
    row: Float64Array.from({ length: rows - 420 }, (_, i) => 420 + i),
    ...Object.fromEntries(ROLES.flatMap((role) =>
      [0, 1, 2].map((place) => [
        `${role}.${place}`,
        Float64Array.from({ length: rows - 420 }, (_, i) => {
          const row = 420 + i;
          if (row > iterations[1]!.lastRow) return later * place; // the second half
          return role === "trader" ? (trend[row - 1] === place ? 1 : 0) : place === 0 ? 1 : 0;
        }),
      ])
    )),
  }) as unknown as Record<string, Float64Array>;

Deno.test("issue 13: specialists of the first half are found, frozen, and trade the second in their own regime and in another's", () => {
  const niches = nichesOf(population, table(0), regimes);
  assert.deepEqual(niches.found, ["trader"]);
  assert.deepEqual(niches.specialists.trader.slice(0, 2), [0, 1]);
  assert.deepEqual(niches.accounts.map(({ name }) => name), ["own", "wrong", "general"]);
  const after = iterations.slice(2), standing = after[0]!;
  const own = after.map(({ row }) =>
    teamGenomesOf(standing, byRole((role) => role === "trader" ? trend[row]! : 0))
  );
  const window = { ...population.plan.window, history: 0 };
  const again = tradeSchedule(
    { ...population, plan: { ...population.plan, window }, iterations: after },
    own,
  );
  assert.deepEqual(niches.accounts[0]!.series.equity, again.series.equity);
  assert.match(
    nichesTable(population.run.result, niches).caption,
    /Trader: bull .*, bear .*\. Found in the first half/,
  );
});

Deno.test("niches read nothing of the second half to choose by, and without specialists nothing is traded", () => {
  const [a, b] = [0, 5].map((later) => nichesOf(population, table(later), regimes));
  assert.deepEqual(a!.specialists, b!.specialists);
  assert.deepEqual(a!.accounts[2]!.series.equity, b!.accounts[2]!.series.equity);
  const one = nichesOf(population, table(0), { ...regimes, trend: new Int8Array(rows) });
  assert.deepEqual([one.accounts.length, one.estimate], [0, null]);
  assert.match(nichesTable(population.run.result, one).caption, /Nobody was found/);
});

Deno.test("a regime that the first half never knew has no specialist: the best over all of it trades there", () => {
  const constant = new Int8Array(rows);
  const turned = constant.map((_, t) => t >= iterations[1]!.lastRow ? 2 : 1); // regime 0 never was, 2 comes later
  const niches = nichesOf(population, table(0), { ...regimes, trend: turned });
  assert.deepEqual(niches.found, [], "one regime alone makes nobody a specialist");
  assert.deepEqual(niches.specialists.trader, [1, 1, 1].map(() => niches.specialists.trader[1]));
  const unknown = nichesOf(population, table(0), {
    ...regimes,
    trend: trend.map((regime, t) => t >= iterations[1]!.lastRow ? -1 : regime),
  });
  const [own, wrong, general] = unknown.accounts.map(({ series }) => series.equity);
  assert.deepEqual([own, wrong], [general, general], "nobody knows the regime: nobody is its specialist");
});
