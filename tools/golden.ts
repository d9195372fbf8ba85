/**
 * Makes the golden set again and compares it, or stores it with --update. Names choose runs; without names all
 * are made, those on real bars only where there are real bars.
 */
import { differences, goldenFile, madeRun, storedRun } from "../tests/golden/compare.ts";
import { GOLDEN_CASES, hasRealBars } from "../tests/golden/golden_runs.ts";

const update = Deno.args.includes("--update");
const names = Deno.args.filter((arg) => !arg.startsWith("--"));
const unknown = names.filter((name) => !GOLDEN_CASES.some((one) => one.name === name));
if (unknown.length > 0) {
  const known = GOLDEN_CASES.map(({ name }) => name).join(", ");
  console.error(`Cannot make golden runs as a name must be one of ${known}: current value is ${unknown}`);
  Deno.exit(1);
}

let failed = 0;
for (const one of GOLDEN_CASES.filter(({ name }) => names.length === 0 || names.includes(name))) {
  if (one.real && !hasRealBars()) {
    console.log(`${one.name}: left out, there are no real bars (POPAGENT_DATA or data/bybit)`);
    continue;
  }
  const start = performance.now();
  const made = await madeRun(one);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (update) {
    Deno.writeTextFileSync(goldenFile(one.name), `${JSON.stringify(made, null, 1)}\n`);
    console.log(`${one.name}: stored (${seconds} s)`);
    continue;
  }
  const found = differences(storedRun(one.name), made);
  if (found.length > 0) failed++;
  console.log(`${one.name}: ${found.length === 0 ? "same" : `${found.length} DIFFERENCES`} (${seconds} s)`);
  for (const line of found.slice(0, 5)) console.log(`  ${line}`);
}
if (failed > 0) Deno.exit(1);
