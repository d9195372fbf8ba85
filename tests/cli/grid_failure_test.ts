import assert from "node:assert/strict";
import { join } from "node:path";
import { plannedGrid, runGridJob } from "popagent/cli/grid_command.ts";
import { reproduction } from "popagent/adapters/ledger/reproduction.ts";
import { inFolder } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

const GRID = `question: Does one that fails keep the others?
settings:
  data.source: synthetic
  market.rows: 1000
  population: { size: 3, committeeShare: 0.11 }
  iterations: 1
markets: { weak: { settings: { market: { mode: planted, ic: 0.06 } }, marketSeeds: 1 } }
seeds: 1-2
`;

Deno.test("a cell that fails is said with the command that runs it again, loses no other, and is tried again", () =>
  inFolder(async (folder) => {
    const file = join(folder, "grid.yaml"), store = join(folder, "data");
    await Deno.writeTextFile(file, GRID);
    const plan = await plannedGrid(file);
    const job = { plan, file, store, workers: 1, memoBytes: 2 ** 26, mine: plan.cells };
    const again = (label: string) => reproduction(file, label, store);
    const mine = plan.cells.map((cell, i) => i === 1 ? { ...cell, rowsHash: "0".repeat(64) } : cell); // a worker refuses it
    const end = await runGridJob({ ...job, mine, reproduction: again });
    assert.deepEqual([end.run.done, end.run.failed.length, end.hash, end.frame], [1, 1, null, null]);
    const [{ cell, failure }] = end.run.failed as [typeof end.run.failed[number]];
    assert.equal(cell.label, "full/weak.1/2");
    assert.match(failure.stack, /cell_worker/);

    const status = await popagent(folder, "experiment", "status", "grid");
    assert.match(status.stdout, /1 of 2 cells done \(50 %\), 0 running, 0 waiting, 1 failed/);
    assert.match(status.stdout, /FAILED full\/weak\.1\/2: .*must have the hash 0{64}/);
    const [, command] = /again: deno task (.*)/.exec(status.stdout)!;
    assert.equal(command, `experiment run ${file} --only full/weak.1/2`);

    const reproduced = await popagent(folder, ...command!.split(" "));
    assert.equal(reproduced.code, 0, reproduced.stderr);
    assert.match(
      reproduced.stdout,
      /grid: 1 cell done now, 0 before, 0 failed\.\nComplete: hash [0-9a-f]{64}/,
    );
  }));
