import assert from "node:assert/strict";
import { inFolder } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

Deno.test("popagent replay and branch say what a stored run learned, refuse what was not learned, and agree with it bit for bit", () =>
  inFolder(async (folder) => {
    const settings = [
      "population.size=3",
      "population.transferEvery=1",
      "clock.firstDecision=419",
      "market.rows=1000",
    ];
    const run = await popagent(
      folder,
      ...["population", "--synthetic", "planted", "--ic", "0.1", "--iterations", "3", "--no-references"],
      ...settings.flatMap((one) => ["--set", one]),
    );
    assert.equal(run.code, 0, run.stderr);
    const replay = await popagent(folder, "replay", "latest", "--role", "trader", "--json");
    const { schedules, roles } = JSON.parse(replay.stdout);
    assert.deepEqual([schedules.length, roles], [4, ["trader"]]);
    const branch = await popagent(folder, "branch", "latest", "--without-transfer", "1", "--quiet", "--json");
    const { sameRows, leftOut, accounts } = JSON.parse(branch.stdout);
    assert.deepEqual([sameRows, leftOut.mutants], [2 * 36, 0]);
    assert.ok(
      leftOut.lessons > 0 && accounts.some((one: { run: number; branch: number }) => one.run !== one.branch),
    );
    const [none, two, role] = [
      await popagent(folder, "branch", "latest", "--without-transfer", "0"),
      await popagent(folder, "branch", "latest", "--without-transfer", "1", "--without-mutation", "1"),
      await popagent(folder, "replay", "latest", "--agent", "trader=nobody"),
    ];
    assert.match(none!.stderr, /something must have been learned there: it was in iterations 1, 2/);
    assert.match(two!.stderr, /one thing must be left out[^]*2 are given/);
    assert.match(role!.stderr, /a trader must be one of .* \(place 0\)/);
  }));
