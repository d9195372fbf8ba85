import assert from "node:assert/strict";
import { agentLabels } from "popagent/figures/role_name.ts";

Deno.test("agentLabels() counts agents that share a variant and leaves the others as they are", () => {
  assert.deepEqual(agentLabels(["a", "b", "a", "c", "a"]), ["a 1", "b", "a 2", "c", "a 3"]);
});
