/**
 * Every arm of the secondary ablations once on a tiny market: does it run, differ from `full`, and does what it is about ever
 * happen? Writes tests/results/secondary_arms.json, which a test holds against the grid's file.
 */
import { smokeArms } from "../tests/experiments/arms_smoke.ts";

const arms = await smokeArms();
const path = new URL("../tests/results/secondary_arms.json", import.meta.url);
await Deno.writeTextFile(path, `${JSON.stringify({ arms }, null, 2)}\n`);
const refused = arms.filter(({ refusal }) => refusal !== null);
console.log(
  `${arms.length} arms ran; refused: ${
    refused.map(({ arm, refusal }) => `${arm} (${refusal})`).join("; ") || "none"
  }`,
);
