/**
 * Runs a short population on a disk that fails at call n, for every n there is, and stores what came of it in
 * tests/results/disk_trials.json. It stops at the first n that is not told or not resumed to the same bytes.
 */
import { DISK_FAULTS, diskTrial } from "../tests/adapters/disk_trial.ts";

const results: { readonly what: string; readonly calls: number; readonly refused: number }[] = [];
for (const [what, before, failing] of DISK_FAULTS) {
  let calls = 0, refused = 0;
  for (let n = 1;; n++) {
    const trial = await diskTrial(before, failing(n), n);
    if (trial === null) break;
    calls++;
    if (trial.refused) refused++;
    if (n % 25 === 0) console.error(`${what}: ${n} calls`);
  }
  results.push({ what, calls, refused });
}
Deno.writeTextFileSync("tests/results/disk_trials.json", `${JSON.stringify(results, null, 2)}\n`);
console.log(JSON.stringify(results));
