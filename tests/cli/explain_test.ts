import assert from "node:assert/strict";
import { DECLARED_COINS } from "popagent/core/universe.ts";
import type { Explanation } from "popagent/experiments/explain/explain_bar.ts";
import { inFolder } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

Deno.test("popagent explain says why the last fill of multi happened, and refuses what it cannot hold against the run", () =>
  inFolder(async (folder) => {
    const short = ["--set", "market.rows=1000"];
    const { stdout } = await popagent(folder, "multi", ...short, "--trades", "1", "--json");
    const { trades: [{ time, coin, ...fill }] } = JSON.parse(stdout) as {
      readonly trades: readonly [{ readonly time: number; readonly coin: number }];
    };
    const bar = new Date(time).toISOString().slice(0, 16).replace("T", " ");
    const asked = ["explain", "latest", "--time", bar, "--coin", DECLARED_COINS[coin]!];
    const told = await popagent(folder, ...asked, "--json");
    assert.equal(told.code, 0, told.stderr);
    const why = JSON.parse(told.stdout) as Explanation;
    assert.ok(
      why.fills.some((one) => JSON.stringify(one) === JSON.stringify({ ...one, ...fill, time, coin })),
    );
    const { stdout: text } = await popagent(folder, ...asked);
    assert.match(
      text,
      /^!! SYNTHETIC[\s\S]*\nFill [\s\S]*\nVerdict [\s\S]*\nPlan [\s\S]*\nForecast [\s\S]*\nReadings [\s\S]*\nTeam /,
    );
    const wrong = await popagent(folder, "explain", "latest", "--time", "2019-01-01", "--coin", "BTC");
    assert.deepEqual([wrong.code, wrong.stdout], [1, ""]);
    assert.match(wrong.stderr, /the run must have reported it: its bars open from/);
  }));
