import assert from "node:assert/strict";
import { verifyPaper } from "popagent/adapters/evidence/verify_paper.ts";

Deno.test("what the repository keeps in results/ and paper/ is what stored results give", async () => {
  const { grids, faults } = await verifyPaper({ results: "results", paper: "paper" });
  assert.deepEqual([grids.includes("evidence_smoke"), faults], [true, []]);
});
