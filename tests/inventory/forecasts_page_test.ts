/** docs/FORECASTS.md names every method that a researcher may name. */
import assert from "node:assert/strict";
import { POOLS } from "popagent/inventory/pools.ts";

Deno.test("docs/FORECASTS.md names every method of the researcher's pools", async () => {
  const page = await Deno.readTextFile(new URL("../../docs/FORECASTS.md", import.meta.url));
  const missing = Object.entries(POOLS).filter(([pool]) => pool.startsWith("researcher."))
    .flatMap(([, methods]) => Object.keys(methods)).filter((name) => !page.includes(`\`${name}\``));
  assert.deepEqual(missing, []);
});
