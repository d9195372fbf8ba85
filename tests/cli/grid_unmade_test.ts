import assert from "node:assert/strict";
import { join } from "node:path";
import { inFolder } from "./cli.ts";
import { warmPopagent } from "./warm.ts";

const popagent = warmPopagent();

/** The null market 410 of four years cannot be made: its funding runs away. One iteration reads little of the other. */
const GRID = `question: Does a market that cannot be made keep the others?
settings:
  data.source: synthetic
  market.rows: 8766
  clock.reportFrom: 720
  population: { size: 3, committeeShare: 0.11 }
  iterations: 1
markets: { "null": { settings: { market.mode: "null" }, marketSeeds: 409-410 } }
seeds: market
arms: { a: {} }
`;

Deno.test("issue evidence B6: a market that cannot be made fails alone, with its reproduction; C13: an arm that departs in nothing is said", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "grid.yaml"), GRID);
    const plan = await popagent(folder, "experiment", "plan", "grid.yaml");
    assert.equal(plan.code, 0, plan.stderr);
    assert.match(
      plan.stdout,
      /2 cells will fail, the others run: full\/null\.410\/410, a\/null\.410\/410\. Cannot make the null market 410 of 8766 rows/,
    );
    assert.match(plan.stdout, /\na departs from full in nothing: equal settings, equal cells\./);
    const run = await popagent(folder, "experiment", "run", "grid.yaml", "--workers", "1");
    assert.equal(run.code, 1);
    assert.match(run.stdout, /grid: 1 cell done now, 0 before, 1 failed\./);
    assert.match(
      run.stderr,
      /FAILED full\/null\.410\/410: Cannot make the null market 410.*\n +again: deno task experiment run grid\.yaml --only full\/null\.410\/410/,
    );
    await Deno.writeTextFile(join(folder, "grid.yaml"), GRID.replace("409-410", "410"));
    const none = await popagent(folder, "experiment", "plan", "grid.yaml");
    assert.match(none.stderr, /Cannot plan the cell full\/null\.410\/410: Cannot make the null market 410/);
  }));
