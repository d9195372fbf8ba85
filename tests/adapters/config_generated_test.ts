import assert from "node:assert/strict";
import fc from "fast-check";
import { outcomeFault } from "./generated_outcome.ts";
import { generatedSettings } from "./generated_settings.ts";

// tools/try_settings.ts does it 2,000 times and stores what it found.
Deno.test("findings J.9: generated configurations are read as meant, or refused with path, line and rule", () => {
  fc.assert(
    fc.property(generatedSettings, (generated) => assert.equal(outcomeFault(generated).fault, null)),
    { seed: 7, numRuns: 300 },
  );
});
