/**
 * Reads generated configurations, right and wrong, and says whether each was read as meant or refused with path,
 * line and rule, and whether memory stayed flat:
 *
 *   deno run -P=bench --v8-flags=--expose-gc tools/try_settings.ts [count] [seed]
 *
 * The result is stored in docs/trials/settings.json. The first fault is printed with its text, and the exit code
 * is 1.
 */
import fc from "fast-check";
import { outcomeFault } from "../tests/adapters/generated_outcome.ts";
import { type GeneratedSettings, generatedSettings } from "../tests/adapters/generated_settings.ts";

const [count = 2000, seed = 1] = Deno.args.map(Number);
const STORED = new URL("../docs/trials/settings.json", import.meta.url);
/** Configurations drawn at once. */
const PART = 250;

let refused = 0;
let last: readonly GeneratedSettings[] = [];
for (let from = 0; from < count; from += PART) {
  const numRuns = Math.min(PART, count - from);
  last = fc.sample(generatedSettings, { numRuns, seed: seed * 1_000_000 + from });
  for (const generated of last) {
    const { fault, accepted } = outcomeFault(generated);
    if (fault !== null) {
      console.error(fault);
      Deno.exit(1);
    }
    if (!accepted) refused++;
  }
}

/** Heap in use after garbage was collected, bytes. */
function heap(): number {
  (globalThis as { readonly gc?: () => void }).gc?.();
  return Deno.memoryUsage().heapUsed;
}

// Drawing keeps a little of each draw, so memory is looked at while the last part is read again and again.
const before = heap();
for (let i = 0; i < count; i++) outcomeFault(last[i % last.length]!);
const heapBytesPerReading = Math.round((heap() - before) / count);
const result = { count, seed, accepted: count - refused, refused, faults: 0, heapBytesPerReading };
await Deno.writeTextFile(STORED, `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result));
